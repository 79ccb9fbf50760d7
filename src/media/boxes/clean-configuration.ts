import { type Box, requireBox } from './box.ts'
import { cleanHevcConfiguration } from './clean-hevc-configuration.ts'
import { refuse } from './refuse.ts'
import { writeBox } from './write-box.ts'

/** By the type of a sample entry: its bytes before the boxes in it, and the one that matters. */
const kinds: Readonly<Record<string, { fieldBytes: number; configuration: string } | undefined>> = {
  avc1: { fieldBytes: 78, configuration: 'avcC' },
  hvc1: { fieldBytes: 78, configuration: 'hvcC' },
  vp09: { fieldBytes: 78, configuration: 'vpcC' },
  av01: { fieldBytes: 78, configuration: 'av1C' },
  mp4a: { fieldBytes: 28, configuration: 'esds' },
  Opus: { fieldBytes: 28, configuration: 'dOps' },
}

/**
 * The codec's configuration in a sample entry, header included, without what x265 tells of the
 * machine that it ran on: two encoders of the same settings say the same here.
 */
export function cleanConfiguration({ type, body }: Box): Buffer {
  const { fieldBytes, configuration } = kinds[type] ?? refuse('The track is of an unknown kind.')
  const found = requireBox(body.subarray(fieldBytes), configuration)
  return writeBox(
    configuration,
    configuration === 'hvcC' ? cleanHevcConfiguration(found.body) : found.body,
  )
}
