import { ReelmillError } from '#errors/reelmill-error.ts'
import { createJobs } from '#jobs/create.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { type ChunkPlan, type EarlyPlan, isEarlyPlan } from '#stages/planning/plan.ts'
import { readSource } from '#stages/planning/plan-early.ts'
import { planJobs } from '#stages/planning/plan-jobs.ts'
import { planPieceJobs } from '#stages/planning/plan-piece-jobs.ts'
import { planVersion } from '#stages/planning/plan-version.ts'
import { type ChunkProfile, isWholeFileProfile, type Profile } from '#stages/planning/profile.ts'
import type { Fleet } from '#stages/planning/share-renditions.ts'
import { whyNotContinued } from '#stages/planning/why-not-continued.ts'
import { chooseProfileOfVideo } from '../choose-profile.ts'
import { countFleet } from '../count-fleet.ts'
import { continueEarlyWork } from '../early/continue-early-work.ts'
import { dropEarlyWork, removeStaleFiles } from '../early/drop-early-work.ts'
import { continuesCopy } from '../early/early-copy.ts'
import type { Parts } from '../parts.ts'
import type { Step, StepResult } from '../step.ts'
import type { Version } from '../version.ts'
import { planFiles } from '../whole-files/plan-files.ts'

type Probed = Version & { readonly media: MediaInfo }

/** Decides what will be made, and orders it from the runners. */
export const runPlanning: Step = async (parts, version, signal) => {
  const { media, plan } = version
  if (!media) throw new ReelmillError('internal', 'A version is planned before it was probed.')
  const video = await parts.database
    .selectFrom('videos')
    .select('profile')
    .where('id', '=', version.video_id)
    .executeTakeFirst()
  if (!video) throw new ReelmillError('video_not_found')
  const profile = await chooseProfileOfVideo(parts, video.profile)
  const probed = { ...version, media }
  if (plan && isEarlyPlan(plan)) return planBehind(parts, probed, plan, { profile, signal })
  return planAnew(parts, probed, { profile, signal })
}

interface Order {
  readonly profile: Profile
  readonly signal: AbortSignal
}

async function planAnew(
  parts: Parts,
  version: Probed,
  { profile, signal }: Order,
): Promise<StepResult> {
  if (isWholeFileProfile(profile)) return planFiles(parts, version, profile, signal)
  const plan = await planChunks(parts, version, profile)
  const jobs = [...planJobs(plan, version.media), ...planPieceJobs(plan)]
  if (jobs.length === 0) {
    throw new ReelmillError('source_no_streams', 'The profile wants nothing that the file has.')
  }
  return { plan, jobs }
}

/** Where pieces came back unfit before, only runners that know chunks count. */
async function planChunks(
  parts: Parts,
  { media, plan: before }: Probed,
  profile: ChunkProfile,
): Promise<ChunkPlan> {
  const fleet = await countFleet(parts)
  const piecesUnfit = before?.kind === 'chunks' ? before.piecesUnfit : undefined
  if (piecesUnfit === undefined) return planVersion(media, profile, fleet)
  const plan = planVersion(media, profile, withoutStock(fleet))
  return { ...plan, piecesUnfit, piecesRefused: piecesUnfit }
}

/** Those that know chunks, or one that is yet to come. */
function withoutStock({ own, slots }: Fleet): Fleet {
  return { own: Math.max(1, own), slots: Math.max(1, slots), stock: 0 }
}

/** The rest of a source of which a part was given out while it arrived; all of it where that misled. */
async function planBehind(
  parts: Parts,
  version: Probed,
  before: EarlyPlan,
  order: Order,
): Promise<StepResult> {
  const plan = await continuePlan(parts, version, before, order)
  if (typeof plan !== 'string') {
    const jobs = planJobs(plan, version.media)
    return { plan, also: (tx) => continueEarlyWork(tx, version.id, jobs) }
  }
  parts.log.info({ versionId: version.id, reason: plan }, 'what was made early is made again')
  const { jobs = [], also, ...anew } = await planAnew(parts, version, order)
  return {
    ...anew,
    also: async (tx) => {
      if (anew.plan) await removeStaleFiles(parts, tx, version, anew.plan)
      await dropEarlyWork(tx, version.id)
      await createJobs(tx, version.id, jobs)
      await also?.(tx)
    },
  }
}

/** A plan that goes on from an early one, or in a few words why there is none. */
async function continuePlan(
  parts: Parts,
  version: Probed,
  before: EarlyPlan,
  { profile, signal }: Order,
): Promise<ChunkPlan | string> {
  const { media } = version
  if (isWholeFileProfile(profile)) return 'the profile changed'
  const fleet = withoutStock(await countFleet(parts))
  const plan = planVersion(media, profile, fleet, before.chunks)
  const reason = whyNotContinued(before, plan, readSource(media))
  if (reason !== null) return reason
  return (await isReadAlike(parts, version, before, signal)) ? plan : 'the source is read otherwise'
}

/** The source itself then and now, or copies of it that begin alike. */
async function isReadAlike(
  parts: Parts,
  { readable_key: copyKey }: Probed,
  before: EarlyPlan,
  signal: AbortSignal,
): Promise<boolean> {
  if (copyKey === null) return before.early.copyKey === undefined
  const path = parts.storage.localPath(copyKey)
  return path !== null && continuesCopy(parts, before, path, signal)
}
