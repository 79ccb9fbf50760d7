import { ReelmillError } from '#errors/reelmill-error.ts'
import { planJobs } from '#stages/planning/plan-jobs.ts'
import { planPieceJobs } from '#stages/planning/plan-piece-jobs.ts'
import { planVersion } from '#stages/planning/plan-version.ts'
import { isWholeFileProfile } from '#stages/planning/profile.ts'
import { chooseProfile } from '../choose-profile.ts'
import { countFleet } from '../count-fleet.ts'
import type { Step } from '../step.ts'
import { planFiles } from '../whole-files/plan-files.ts'

/** Decides what will be made, and orders it from the runners. */
export const runPlanning: Step = async (parts, version, signal) => {
  const { media } = version
  if (!media) throw new ReelmillError('internal', 'A version is planned before it was probed.')
  const video = await parts.database
    .selectFrom('videos')
    .select('profile')
    .where('id', '=', version.video_id)
    .executeTakeFirst()
  if (!video) throw new ReelmillError('video_not_found')
  const profile = await chooseProfile(parts, video.profile)
  if (isWholeFileProfile(profile)) return planFiles(parts, { ...version, media }, profile, signal)
  const plan = planVersion(media, profile, await countFleet(parts))
  const jobs = [...planJobs(plan, media), ...planPieceJobs(plan)]
  if (jobs.length === 0) {
    throw new ReelmillError('source_no_streams', 'The profile wants nothing that the file has.')
  }
  return { plan, jobs }
}
