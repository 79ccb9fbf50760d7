import type { AudioPayload } from '#jobs/payload.ts'
import { toNumber } from '#media/rational.ts'

/**
 * What an encoder of sound looks ahead, and more: segments that end later than this before the end of
 * what has arrived could be other ones than those of the whole track. Levelling loudness looks at
 * three seconds.
 */
const marginSeconds = 2
const levellingMarginSeconds = 6
/** Sound is encoded from its beginning each time, so each order is this much longer than the last. */
const growth = 1.5

/**
 * The order of the sound that has arrived, from its first sample on: only those of its segments are
 * taken that the whole track will have too. null where that is not worth while yet.
 *
 * @param whole - the order of all sound, as long as what is known of the source.
 * @param arrivedSeconds - on the output's clock; Infinity: all of it is there.
 * @param soundSegments - how many were ordered before.
 */
export function orderArrivedSound(
  whole: AudioPayload,
  arrivedSeconds: number,
  soundSegments: number,
): (AudioPayload & { readonly segmentsAtMost: number }) | null {
  if (whole.renditions.length === 0) return null
  const margin = whole.normalizeLoudness ? levellingMarginSeconds : marginSeconds
  const seconds = Math.floor(Math.min(arrivedSeconds, whole.durationSeconds) * 1000) / 1000
  const segmentsAtMost = Math.floor((seconds - margin) / toNumber(whole.segmentSeconds))
  if (segmentsAtMost < 1 || segmentsAtMost < soundSegments * growth) return null
  return { ...whole, durationSeconds: seconds, segmentsAtMost }
}
