import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { outlinePlan, type PlanOutline } from '#stages/planning/outline-plan.ts'
import type { Plan } from '#stages/planning/plan.ts'
import { planVersion } from '#stages/planning/plan-version.ts'
import { isWholeFileProfile, type Profile } from '#stages/planning/profile.ts'
import { planWholeFiles } from '#stages/planning/whole-files/plan-whole-files.ts'
import { probeFile } from '#stages/probing/probe.ts'
import { chooseProfile, chooseProfileOfVideo } from './choose-profile.ts'
import { countFleet } from './count-fleet.ts'
import type { Parts } from './parts.ts'
import { programsOf } from './programs.ts'

/** What would be done for a source, and why. */
export interface PlannedSource {
  readonly media: MediaInfo
  readonly plan: Plan
  readonly outline: PlanOutline
}

/** What would be done for a file; nothing is started and nothing is kept (V-11, U35). */
export async function planSource(
  parts: Parts,
  request: { readonly path: string; readonly profile?: string | undefined },
): Promise<PlannedSource> {
  const profile = await chooseProfile(parts, request.profile ?? 'default')
  await stat(request.path).catch((cause: unknown) => {
    throw new ReelmillError('source_not_found', `There is no file ${request.path}.`, { cause })
  })
  const scratch = await mkdtemp(join(tmpdir(), 'reelmill-plan-'))
  try {
    const { media } = await probeFile({
      path: request.path,
      scratch,
      limits: parts.config,
      signal: AbortSignal.timeout(10 * 60_000),
      programs: programsOf(parts),
    })
    return await planMedia(parts, media, profile)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * The same for the source that a video has, by its own profile or another: what was found of it is
 * known, so nothing is read.
 *
 * @throws ReelmillError `video_not_found`; `video_state_conflict` where it was not probed yet.
 */
export async function planVideo(
  parts: Parts,
  request: { readonly videoId: string; readonly profile?: string | undefined },
): Promise<PlannedSource> {
  const source = await findMedia(parts, request.videoId)
  const profile =
    request.profile === undefined
      ? await chooseProfileOfVideo(parts, source.profile)
      : await chooseProfile(parts, request.profile)
  return planMedia(parts, source.media, profile)
}

/**
 * What was found of the source that a video has, and its profile.
 *
 * @throws ReelmillError `video_not_found`; `video_state_conflict` where it was not probed yet.
 */
export async function findMedia(
  { database }: Pick<Parts, 'database'>,
  videoId: string,
): Promise<{ readonly media: MediaInfo; readonly profile: string }> {
  const row = await database
    .selectFrom('videos')
    .innerJoin('versions', 'versions.video_id', 'videos.id')
    .select(['videos.profile', sql<MediaInfo | null>`versions.media`.as('media')])
    .where('videos.id', '=', videoId)
    .whereRef('versions.number', '=', 'videos.latest_version')
    .executeTakeFirst()
  if (!row) throw new ReelmillError('video_not_found')
  const { media, profile } = row
  if (media) return { media, profile }
  throw new ReelmillError('video_state_conflict', 'Its source has not been looked at yet.')
}

async function planMedia(parts: Parts, media: MediaInfo, profile: Profile): Promise<PlannedSource> {
  const plan = isWholeFileProfile(profile)
    ? planWholeFiles(media, profile, parts.config)
    : planVersion(media, profile, await countFleet(parts))
  return { media, plan, outline: outlinePlan(plan, media) }
}
