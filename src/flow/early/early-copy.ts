import { fingerprintPackets } from '#media/prefix/fingerprint-packets.ts'
import { toNumber } from '#media/rational.ts'
import type { EarlyPlan } from '#stages/planning/plan.ts'
import { measureSegment } from '#stages/planning/target-duration.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import type { Version } from '../version.ts'

type Place = Pick<Version, 'video_id' | 'number'>

/** Where copies of what has arrived are kept: beside the source. */
export function earlyCopyKey(place: Place, arrivedBytes: number): string {
  return `${earlyCopyPrefix(place)}${arrivedBytes}`
}

/** All of a version's; nobody reads them once its jobs are done. */
export function earlyCopyPrefix({ video_id, number }: Place): string {
  return `sources/${video_id}/${number}/early/`
}

/** Filters look a few pictures further than the last one that is ordered. */
const marginFrames = 4
/** The encoder of sound looks ahead. */
const marginSeconds = 1
const timeoutMs = 10 * 60_000

/**
 * Whether another copy of a source holds the same coded pictures and sound, at the same times, as the
 * last one that was read early, as far as anything was ordered of that: what was made of it could have
 * been made of this one as well.
 */
export async function continuesCopy(
  parts: Parts,
  plan: EarlyPlan,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { early, grid, chunks } = plan
  const last = chunks.at(-1)
  const before = early.copyKey === undefined ? null : parts.storage.localPath(early.copyKey)
  if (!grid || !last || before === null) return false
  const frames = last.firstFrame + (last.frames ?? 0) + last.tailFrames + marginFrames
  const sound = early.soundSegments * measureSegment(plan) + marginSeconds
  const { originSeconds, demuxer } = early.source
  const untilSeconds = originSeconds + Math.max(frames / toNumber(grid.frameRate), sound)
  const [one, other] = await Promise.all(
    [before, path].map((each) =>
      fingerprintPackets(
        { source: { kind: 'file', path: each }, demuxer, untilSeconds },
        { signal, timeoutMs, programs: programsOf(parts) },
      ),
    ),
  )
  return one === other && one !== ''
}
