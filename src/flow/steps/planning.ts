import { ReelmillError } from '#errors/reelmill-error.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { ChunkPlan } from '#stages/planning/plan.ts'
import { planJobs } from '#stages/planning/plan-jobs.ts'
import { planPieceJobs } from '#stages/planning/plan-piece-jobs.ts'
import { planVersion } from '#stages/planning/plan-version.ts'
import { type ChunkProfile, isWholeFileProfile } from '#stages/planning/profile.ts'
import { chooseProfile } from '../choose-profile.ts'
import { countFleet } from '../count-fleet.ts'
import type { Parts } from '../parts.ts'
import type { Step } from '../step.ts'
import type { Version } from '../version.ts'
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
  const plan = await planChunks(parts, { ...version, media }, profile)
  const jobs = [...planJobs(plan, media), ...planPieceJobs(plan)]
  if (jobs.length === 0) {
    throw new ReelmillError('source_no_streams', 'The profile wants nothing that the file has.')
  }
  return { plan, jobs }
}

/** Where pieces came back unfit before, only runners that know chunks count. */
async function planChunks(
  parts: Parts,
  { media, plan: before }: Version & { readonly media: MediaInfo },
  profile: ChunkProfile,
): Promise<ChunkPlan> {
  const fleet = await countFleet(parts)
  const piecesUnfit = before?.kind === 'chunks' ? before.piecesUnfit : undefined
  if (piecesUnfit === undefined) return planVersion(media, profile, fleet)
  const plan = planVersion(media, profile, { own: Math.max(1, fleet.own), stock: 0 })
  return { ...plan, piecesUnfit, piecesRefused: piecesUnfit }
}
