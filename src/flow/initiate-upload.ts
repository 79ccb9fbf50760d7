import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { fillPrefix } from '#stages/planning/output-prefix.ts'
import { isWholeFileProfile, type Profile } from '#stages/planning/profile.ts'
import { chooseProfileOfVideo } from './choose-profile.ts'
import { type OpenedVersion, openVersion } from './open-version.ts'
import type { Parts } from './parts.ts'
import { uploadKeyOf, waitingKeyOf } from './upload-keys.ts'

/** An upload that goes to an address which is promised for a time. */
export interface PromisedUpload {
  readonly filename: string
  /** Unix time in seconds; part of the key (M-25). */
  readonly stamp: number
  /** Until when its bytes are waited for. */
  readonly expiresAt: Date
}

/** Somebody who asks again in the same second gets the next one's name. */
const mostStamps = 60

/**
 * Makes room for a promised upload of a video: in the version that waits for its first, else in a new
 * one, so that what was published stays until the new is (U9).
 *
 * @throws ReelmillError `video_not_found`, or what choosing the video's profile throws.
 */
export async function initiateUpload(
  parts: Parts,
  videoId: string,
  upload: PromisedUpload,
): Promise<Omit<OpenedVersion, 'number'>> {
  const profile = await profileOf(parts, videoId)
  for (let stamp = upload.stamp; ; stamp++) {
    try {
      return await promise(parts, profile, videoId, { ...upload, stamp })
    } catch (error) {
      if (!isKeyTaken(error) || stamp - upload.stamp > mostStamps) throw error
    }
  }
}

async function promise(
  parts: Parts,
  profile: Profile,
  videoId: string,
  upload: PromisedUpload,
): Promise<Omit<OpenedVersion, 'number'>> {
  const { filename, stamp, expiresAt } = upload
  const sourceKey = uploadKeyOf(videoId, stamp)
  const waiting = await parts.database
    .transaction()
    .execute((tx) => fillWaiting(tx, profile, videoId, upload))
  if (waiting !== null) return { videoId, versionId: waiting, sourceKey }
  return openVersion(parts, videoId, {
    ...{ filename, stamp, expiresAt, sourceKey: () => sourceKey },
    baseName: baseNameOf(profile, stamp),
  })
}

/** The id of the version that waited for its first promise; null where none does any more. */
async function fillWaiting(
  tx: Transaction<Tables>,
  profile: Profile,
  videoId: string,
  { filename, stamp, expiresAt }: PromisedUpload,
): Promise<string | null> {
  const filled = await tx
    .updateTable('versions')
    .set({
      source_key: uploadKeyOf(videoId, stamp),
      source_name: filename,
      base_name: baseNameOf(profile, stamp) ?? null,
      // The folder of a first version is the same whatever it is the first upload of.
      prefix: fillPrefix(profile, { videoId, version: 1, stamp }),
      upload_expires_at: expiresAt,
      updated_at: sql<Date>`now()`,
    })
    .where('video_id', '=', videoId)
    .where('number', '=', 1)
    .where('state', '=', 'uploading')
    .where('source_key', '=', waitingKeyOf(videoId))
    .returning('id')
    .executeTakeFirst()
  return filled?.id ?? null
}

/** Marsha's files are named by the second of their upload (M-30); nobody else's need a name. */
function baseNameOf(profile: Profile, stamp: number): string | undefined {
  const isNamed = isWholeFileProfile(profile) && profile.wholeFiles.rules === 'marsha'
  return isNamed ? String(stamp) : undefined
}

async function profileOf(parts: Parts, videoId: string): Promise<Profile> {
  const video = await parts.database
    .selectFrom('videos')
    .select('profile')
    .where('id', '=', videoId)
    .executeTakeFirst()
  if (!video) throw new ReelmillError('video_not_found')
  return chooseProfileOfVideo(parts, video.profile)
}

/** The unique index of migration 000009. */
function isKeyTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'constraint' in error && error.constraint === 'versions_by_upload_key'
  )
}
