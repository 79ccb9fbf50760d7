import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '#config/config.ts'
import type { ChunkPayload } from '#jobs/payload.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { ChunkPlan } from '#stages/planning/plan.ts'
import { planJobs } from '#stages/planning/plan-jobs.ts'
import { planVersion } from '#stages/planning/plan-version.ts'
import { type ChunkProfile, isWholeFileProfile } from '#stages/planning/profile.ts'
import { readProfile } from '#stages/planning/read-profile.ts'
import { probeFile } from '#stages/probing/probe.ts'

/** What Reelmill itself would do for a source. */
export interface Order {
  readonly path: string
  readonly media: MediaInfo
  readonly plan: ChunkPlan
  /** Its chunks, as runners get them. */
  readonly chunks: readonly ChunkPayload[]
}

/** The default ladder. */
export async function readDefaultProfile(): Promise<ChunkProfile> {
  const profile = await readProfile([join(import.meta.dirname, '../../profiles')], 'default')
  if (isWholeFileProfile(profile)) throw new TypeError('the default profile is one of chunks')
  return profile
}

/** Probes and plans a source as the server does, for one runner. */
export async function orderSource(
  source: string,
  scratch: string,
  profile: ChunkProfile,
): Promise<Order> {
  const folder = await mkdtemp(join(scratch, 'probe-'))
  const limits = readConfig({})
  const { media, readablePath } = await probeFile({ path: source, scratch: folder, limits })
  const plan = planVersion(media, profile, { own: 1, slots: 1, stock: 0 })
  const chunks = planJobs(plan, media).flatMap(({ payload }) =>
    payload.type === 'vod-chunk-encoding' ? [payload] : [],
  )
  return { path: readablePath ?? source, media, plan, chunks }
}

/** All pictures and all renditions as one chunk. */
export function orderWhole({ chunks, plan }: Order): ChunkPayload {
  const [first] = chunks
  if (!first || !plan.grid) throw new TypeError('the source has no pictures')
  const chunk = { firstFrame: 0, frames: plan.grid.frames, tailFrames: 0 }
  return { ...first, chunk, renditions: plan.video }
}
