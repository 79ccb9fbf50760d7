import { readBoxes, requireOneBox } from '../boxes/box.ts'
import { refuse } from '../boxes/refuse.ts'
import { writeBox } from '../boxes/write-box.ts'

const kinds = {
  avc1: { configuration: 'avcC', fieldBytes: 78 },
  mp4a: { configuration: 'esds', fieldBytes: 28 },
} as const

/**
 * A stranger's sample entry with nothing in it but its fields and the codec's configuration, made
 * anew by `rewrite`. Another kind of entry fails with `segment_refused`.
 */
export function stripEntry(
  sampleEntry: Buffer,
  type: keyof typeof kinds,
  rewrite: (configuration: Buffer) => Buffer = (configuration) => configuration,
): Buffer {
  const [entry, another] = readBoxes(sampleEntry)
  if (entry?.type !== type || another) {
    refuse('The track is not in the codec that was ordered.', { found: entry?.type })
  }
  const { configuration, fieldBytes } = kinds[type]
  const { body } = requireOneBox(entry.body.subarray(fieldBytes), configuration)
  return writeBox(type, entry.body.subarray(0, fieldBytes), writeBox(configuration, rewrite(body)))
}
