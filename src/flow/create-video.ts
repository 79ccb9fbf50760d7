import { randomUUID } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { fillPrefix } from '#stages/planning/output-prefix.ts'
import type { Profile } from '#stages/planning/profile.ts'
import { advance, recordEvent } from './advance.ts'
import { chooseProfile } from './choose-profile.ts'
import type { Parts } from './parts.ts'
import { withScratch } from './scratch.ts'

/** Where the bytes of a new video come from. */
export type NewSource =
  | { readonly kind: 'file'; readonly path: string; readonly filename: string }
  | { readonly kind: 'stream'; readonly stream: Readable; readonly filename: string }

export interface NewVideo {
  /** The source's file name when left out. */
  readonly name?: string | undefined
  /** "default" when left out. */
  readonly profile?: string | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** What the names of whole files begin with, where the profile's rules let it be given (D-03). */
  readonly baseName?: string | undefined
  readonly source: NewSource
}

/**
 * Takes a video in: its rows first, so that whatever happens to the bytes has an owner; then the
 * bytes; then, in one transaction, the first step. When the bytes do not arrive whole, nothing of
 * the video remains and the caller gets the error.
 *
 * @returns the video's id.
 */
export async function createVideo(parts: Parts, request: NewVideo): Promise<string> {
  const profile = await chooseProfile(parts, request.profile ?? 'default')
  const videoId = randomUUID()
  const versionId = randomUUID()
  const sourceKey = `sources/${videoId}/1/source`
  await insertRows(parts, { videoId, versionId, sourceKey, profile, request })
  try {
    const sizeBytes = await storeSource(parts, sourceKey, request.source)
    if (sizeBytes === 0) throw new ReelmillError('source_empty')
    await beginJourney(parts, versionId, sizeBytes)
  } catch (error) {
    await forgetVideo(parts, videoId, sourceKey)
    throw error
  }
  return videoId
}

/** Nothing remains; or, where the database is away, what remains is swept as a stalled upload. */
async function forgetVideo(parts: Parts, videoId: string, sourceKey: string): Promise<void> {
  try {
    await parts.database.deleteFrom('videos').where('id', '=', videoId).execute()
    await parts.storage.delete(sourceKey)
  } catch (error) {
    // The caller is told what went wrong first.
    parts.log.warn({ err: error, videoId }, 'a failed upload could not be removed at once')
  }
}

interface Rows {
  readonly videoId: string
  readonly versionId: string
  readonly sourceKey: string
  readonly profile: Profile
  readonly request: NewVideo
}

async function insertRows(parts: Parts, rows: Rows): Promise<void> {
  const { videoId, versionId, sourceKey, profile, request } = rows
  await parts.database.transaction().execute(async (tx) => {
    await tx
      .insertInto('videos')
      .values({
        id: videoId,
        name: request.name || request.source.filename,
        profile: profile.name,
        metadata: JSON.stringify(request.metadata ?? {}),
      })
      .execute()
    await tx
      .insertInto('versions')
      .values({
        id: versionId,
        video_id: videoId,
        number: 1,
        state: 'uploading',
        source_key: sourceKey,
        source_name: request.source.filename,
        prefix: fillPrefix(profile, { videoId, version: 1 }),
        base_name: request.baseName ?? null,
      })
      .execute()
    await recordEvent(tx, videoId, 'video.created', { version: 1 })
  })
}

/** Of a video that was deleted while its bytes came, `video_not_found`; a cancelled one stays so. */
async function beginJourney(parts: Parts, versionId: string, sizeBytes: number): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('versions')
      .set({ source_bytes: sizeBytes })
      .where('id', '=', versionId)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new ReelmillError('video_not_found')
    await advance(parts, tx, { versionId, from: 'uploading', to: 'probing' })
  })
}

async function storeSource(parts: Parts, key: string, source: NewSource): Promise<number> {
  if (source.kind === 'stream') return (await parts.storage.put(key, source.stream)).sizeBytes
  await requireFile(source.path)
  if (parts.storage.localPath(key) === null) {
    return (await parts.storage.put(key, createReadStream(source.path))).sizeBytes
  }
  return copyIntoStorage(parts, key, source.path)
}

/** A copy by the file system, which on many is no copy at all but a reference to the same blocks. */
async function copyIntoStorage(parts: Parts, key: string, path: string): Promise<number> {
  return withScratch(parts, async (folder) => {
    const copy = join(folder, 'source')
    await copyFile(path, copy, constants.COPYFILE_FICLONE)
    return (await parts.storage.putFile(key, copy)).sizeBytes
  })
}

async function requireFile(path: string): Promise<void> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new ReelmillError('source_not_found', `There is no file ${path}.`, { cause })
  })
  if (!info.isFile()) throw new ReelmillError('source_not_found', `${path} is not a file.`)
}
