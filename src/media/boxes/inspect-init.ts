import { readBoxes } from './box.ts'
import { type ParsedInit, parseInit } from './parse-init.ts'
import { refuse } from './refuse.ts'

/** What was ordered of a track. Left out: anything goes. */
export interface ExpectedInit {
  readonly codec: ParsedInit['codec']
  readonly trackId?: number
  readonly timescale?: number
  /** A wrong lead would make sound start early or late. */
  readonly leadTicks?: number
  /** Pixels. */
  readonly width?: number
  readonly height?: number
  readonly channels?: number
  readonly sampleRate?: number
  readonly maxBytes?: number
}

/**
 * Checks the init segment that a runner hands in against what was ordered, and reads it. Fails with
 * `segment_refused` that says what is wrong.
 */
export function inspectInit(bytes: Buffer, expected: ExpectedInit): ParsedInit {
  // Of ffmpeg's making, an init has 1 to 4 KB.
  const { maxBytes = 64 * 1024, ...wanted } = expected
  if (bytes.length > maxBytes) refuse('The init segment is too large.', { bytes: bytes.length })
  const types = readBoxes(bytes).map((box) => box.type)
  if (types.join() !== 'ftyp,moov') refuse('An init segment must be exactly a ftyp and a moov.')
  const init = parseInit(bytes)
  const found: Readonly<Record<string, unknown>> = { ...init }
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== undefined && found[name] !== value) {
      refuse(`The ${name} of the track is not what was ordered.`, {
        wanted: value,
        found: found[name],
      })
    }
  }
  return init
}
