import { decodeTrack } from './decode-track.ts'
import type { Finding } from './finding.ts'
import type { MeasuredTrack } from './measure/facts.ts'
import { countSamples } from './measure/track-times.ts'
import { listTracks, type Output } from './model.ts'
import type { Source } from './source/source.ts'

/** The rule that a deep check adds to those of the catalogue. */
export const DECODE_RULE = 'decode'

export interface DecodedOutput {
  readonly findings: readonly Finding[]
  /** Pictures decoded, by the name of the track. */
  readonly frames: ReadonlyMap<string, number>
}

/** Decodes every track, one after the other; what does not decode whole is an error. */
export async function decodeOutput(
  output: Output,
  source: Source,
  signal?: AbortSignal,
): Promise<DecodedOutput> {
  const findings: Finding[] = []
  const frames = new Map<string, number>()
  for (const track of listTracks(output)) {
    const decoding = await decodeTrack(track, source, signal)
    if (!decoding) continue
    for (const complaint of decoding.complaints) findings.push(tell(track, complaint))
    if (decoding.frames === null) continue
    frames.set(track.name, decoding.frames)
    const expected = countSamples(track)
    if (decoding.frames === expected) continue
    const message = 'does not decode to as many pictures as it holds'
    const counts = { expected: String(expected), found: String(decoding.frames) }
    findings.push({ ...tell(track, message), ...counts })
  }
  return { findings, frames }
}

function tell(track: MeasuredTrack, message: string): Finding {
  return { rule: DECODE_RULE, severity: 'error', where: track.name, message }
}
