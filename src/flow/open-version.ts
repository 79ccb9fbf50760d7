import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Tables, Visibility } from '#database/tables.ts'
import type { WebhookFormat } from '#database/webhook-tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { fillPrefix } from '#stages/planning/output-prefix.ts'
import type { Profile } from '#stages/planning/profile.ts'
import { recordEvent } from './advance.ts'
import { chooseProfile, chooseProfileOfVideo } from './choose-profile.ts'
import { applyParked, lockExternalId } from './notifications/apply-notification.ts'
import type { Parts } from './parts.ts'

/** What is said of a new video, whichever way its bytes come. */
export interface VideoDetails {
  /** The source's file name when left out. */
  readonly name?: string | undefined
  /** "default" when left out. */
  readonly profile?: string | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** What the names of whole files begin with, where the profile's rules let it be given (D-03). */
  readonly baseName?: string | undefined
  /** The user whose it is; of nobody in particular when left out. */
  readonly ownerId?: string | null | undefined
  /** "public" when left out. */
  readonly visibility?: Visibility | undefined
  /** http(s); told of this video's events (stages/notifying). */
  readonly webhookUrl?: string | undefined
  /** How that is told; "standard" when left out. */
  readonly webhookFormat?: WebhookFormat | undefined
  readonly externalId?: string | undefined
  /** More that must be true exactly when the video is there. */
  readonly also?: ((tx: Transaction<Tables>, videoId: string) => Promise<void>) | undefined
}

/** One upload: where its bytes come from and go to. */
export interface UploadDetails {
  /** As the uploader calls the file; null before that is known. */
  readonly filename: string | null
  /** Where the bytes are to be, or already are; `sources/<video>/<number>/source` when left out. */
  readonly sourceKey?: ((place: Place) => string) | undefined
  /** False for an object of the application, which is read and never removed; true when left out. */
  readonly ownsSource?: boolean | undefined
  /** The folder of the output; the profile's when left out. */
  readonly prefix?: ((place: Place) => string) | undefined
  /** What {stamp} in a profile's prefix stands for; the version's number when left out. */
  readonly stamp?: number | undefined
  /** Until when the bytes are waited for; a day after the last of them when left out. */
  readonly expiresAt?: Date | undefined
  /** More that must be true exactly when the version is there. */
  readonly also?: ((tx: Transaction<Tables>, opened: OpenedVersion) => Promise<void>) | undefined
}

/** A version among the videos. */
export interface Place {
  readonly videoId: string
  /** From 1. */
  readonly number: number
}

/** A version that waits for its bytes, in state `uploading`. */
export interface OpenedVersion extends Place {
  readonly versionId: string
  readonly sourceKey: string
}

/**
 * Makes a video with its first version, before a byte of it is there, so that whatever happens to the
 * bytes has an owner. `endUpload` begins its journey, `abandonVersion` takes it back.
 *
 * @throws ReelmillError `profile_not_found`, `external_id_taken`, `encoder_missing`,
 * `address_invalid` and `address_refused` of its webhook.
 */
export async function openVideo(
  parts: Parts,
  details: VideoDetails,
  upload: UploadDetails,
): Promise<OpenedVersion> {
  if (details.webhookUrl !== undefined) parts.web.read(details.webhookUrl)
  const profile = await chooseProfile(parts, details.profile ?? 'default')
  return parts.database
    .transaction()
    .execute((tx) => insertVideo(parts, tx, { profile, details, upload }))
}

/**
 * Adds a version to a video: another upload of it. What was published before stays until this one
 * is (U9); the profile is the video's.
 *
 * @throws ReelmillError `video_not_found`.
 */
export async function openVersion(
  parts: Parts,
  videoId: string,
  upload: UploadDetails & Pick<VideoDetails, 'baseName'>,
): Promise<OpenedVersion> {
  const known = await parts.database
    .selectFrom('videos')
    .select('profile')
    .where('id', '=', videoId)
    .executeTakeFirst()
  if (!known) throw new ReelmillError('video_not_found')
  const profile = await chooseProfileOfVideo(parts, known.profile)
  return parts.database.transaction().execute(async (tx) => {
    // The row is locked by this, so that two uploads at once get numbers of their own.
    const video = await tx
      .updateTable('videos')
      .set({ latest_version: sql<number>`latest_version + 1`, updated_at: sql<Date>`now()` })
      .where('id', '=', videoId)
      .returning('latest_version as number')
      .executeTakeFirst()
    if (!video) throw new ReelmillError('video_not_found')
    const place = { videoId, number: video.number }
    return insertVersion(tx, place, { profile, upload, baseName: upload.baseName })
  })
}

interface NewRows {
  readonly profile: Profile
  readonly details: VideoDetails
  readonly upload: UploadDetails
}

async function insertVideo(
  parts: Parts,
  tx: Transaction<Tables>,
  { profile, details, upload }: NewRows,
): Promise<OpenedVersion> {
  const videoId = randomUUID()
  if (details.externalId !== undefined) await lockExternalId(tx, details.externalId)
  const made = await tx
    .insertInto('videos')
    .values({
      id: videoId,
      name: details.name || upload.filename || 'video',
      profile: profile.name,
      ...toColumns(details),
    })
    .onConflict((conflict) => conflict.column('external_id').doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 0n) throw new ReelmillError('external_id_taken')
  await details.also?.(tx, videoId)
  const place = { videoId, number: 1 }
  const opened = await insertVersion(tx, place, { profile, upload, baseName: details.baseName })
  if (details.externalId !== undefined) await applyParked(parts, tx, details.externalId)
  return opened
}

function toColumns(details: VideoDetails) {
  return {
    metadata: JSON.stringify(details.metadata ?? {}),
    owner_id: details.ownerId ?? null,
    visibility: details.visibility ?? 'public',
    webhook_url: details.webhookUrl ?? null,
    webhook_format: details.webhookFormat ?? 'standard',
    external_id: details.externalId ?? null,
  }
}

interface NewVersion {
  readonly profile: Profile
  readonly upload: UploadDetails
  readonly baseName: string | undefined
}

async function insertVersion(
  tx: Transaction<Tables>,
  place: Place,
  { profile, upload, baseName }: NewVersion,
): Promise<OpenedVersion> {
  const { videoId, number } = place
  const versionId = randomUUID()
  const sourceKey = upload.sourceKey?.(place) ?? `sources/${videoId}/${number}/source`
  await tx
    .insertInto('versions')
    .values({
      id: versionId,
      video_id: videoId,
      number,
      state: 'uploading',
      source_key: sourceKey,
      owns_source: upload.ownsSource ?? true,
      source_name: upload.filename,
      prefix:
        upload.prefix?.(place) ??
        fillPrefix(profile, { videoId, version: number, stamp: upload.stamp ?? number }),
      base_name: baseName ?? null,
      upload_expires_at: upload.expiresAt ?? null,
    })
    .execute()
  await recordEvent(tx, videoId, number === 1 ? 'video.created' : 'video.uploading', {
    version: number,
  })
  const opened = { ...place, versionId, sourceKey }
  await upload.also?.(tx, opened)
  return opened
}
