import type { VideoRendition } from '#jobs/payload.ts'
import { codecOf } from '../encoder.ts'
import type { Rung } from '../profile.ts'
import { fitSize, type Size } from '../size.ts'

/** What became of a row of the ladder for a source. */
export interface JudgedRung {
  /** The rendition that it gives, or null. */
  readonly rendition: string | null
  /** Why it gives none. */
  readonly reason: 'above_source' | 'too_similar' | null
}

/** What became of each row of a ladder, in its order: see `planLadder`, whose result `video` is. */
export function judgeRungs(
  rungs: readonly Rung[],
  source: Size,
  video: readonly VideoRendition[],
): JudgedRung[] {
  return rungs.map((rung) => {
    const size = fitSize(source, rung.height)
    const isSame = (other: Size) => other.width === size.width && other.height === size.height
    // Of rows that hold the whole source, the smallest gives the rendition of its own size.
    const isAbove = rungs.some(
      (other) =>
        codecOf(other) === codecOf(rung) &&
        other.height < rung.height &&
        isSame(fitSize(source, other.height)),
    )
    if (isAbove) return { rendition: null, reason: 'above_source' }
    const made = video.find((each) => each.codec === codecOf(rung) && isSame(each))
    return made
      ? { rendition: made.name, reason: null }
      : { rendition: null, reason: 'too_similar' }
  })
}
