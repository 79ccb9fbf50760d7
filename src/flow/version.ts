import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { type ChunkPlan, type KeptPlan, type Plan, readPlan } from '#stages/planning/plan.ts'

/** A version's row with its JSON columns as what they are. */
export type Version = Omit<Selectable<Tables['versions']>, 'media' | 'plan'> & {
  readonly media: MediaInfo | null
  readonly plan: Plan | null
}

/** A version that was planned in chunks. */
export type PlannedVersion = Version & { readonly media: MediaInfo; readonly plan: ChunkPlan }

/** The storage key of what is read of its source: the readable copy where there is one. */
export function readableKeyOf(version: Pick<Version, 'readable_key' | 'source_key'>): string {
  return version.readable_key ?? version.source_key
}

/** Loads a version by its id; fails with `video_not_found` when it was deleted meanwhile. */
export async function loadVersion(db: Kysely<Tables>, versionId: string): Promise<Version> {
  const row = await db
    .selectFrom('versions')
    .selectAll()
    .where('id', '=', versionId)
    .executeTakeFirst()
  if (!row) throw new ReelmillError('video_not_found')
  // The journey itself wrote these columns, so they are what their types say.
  const version = row as unknown as Omit<Version, 'plan'> & { readonly plan: KeptPlan | null }
  return { ...version, plan: version.plan && readPlan(version.plan) }
}

/** Loads a version that must have been planned in chunks. */
export async function loadPlannedVersion(
  db: Kysely<Tables>,
  versionId: string,
): Promise<PlannedVersion> {
  const { media, plan, ...version } = await loadVersion(db, versionId)
  if (!media || plan?.kind !== 'chunks') {
    throw new ReelmillError('internal', 'The version has no plan of chunks.', {
      details: { versionId },
    })
  }
  return { ...version, media, plan }
}
