import { constants, createReadStream } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { abandonVersions } from './abandon-version.ts'
import { endUpload } from './end-upload.ts'
import { openVersion, openVideo, type VideoDetails } from './open-version.ts'
import type { Parts } from './parts.ts'
import { withScratch } from './scratch.ts'

/** Where the bytes of a new video come from. */
export type NewSource =
  | { readonly kind: 'file'; readonly path: string; readonly filename: string }
  | { readonly kind: 'stream'; readonly stream: Readable; readonly filename: string }

export interface NewVideo extends VideoDetails {
  readonly source: NewSource
  /** A new version of this video; a new video when left out. */
  readonly videoId?: string | null
}

/**
 * Takes a video in: its rows first, so that whatever happens to the bytes has an owner; then the
 * bytes; then, in one transaction, the first step. When the bytes do not arrive whole, nothing of
 * the video remains and the caller gets the error.
 *
 * @returns the video's id.
 */
export async function createVideo(
  parts: Parts,
  { source, videoId: of = null, ...details }: NewVideo,
): Promise<string> {
  const { filename } = source
  const opened =
    of === null
      ? await openVideo(parts, details, { filename })
      : await openVersion(parts, of, { filename, baseName: details.baseName })
  const { videoId, versionId, sourceKey } = opened
  try {
    const sizeBytes = await storeSource(parts, sourceKey, source)
    await parts.database
      .transaction()
      .execute((tx) => endUpload(parts, tx, { versionId, sizeBytes }))
  } catch (error) {
    await forget(parts, versionId, sourceKey)
    throw error
  }
  return videoId
}

/** Nothing remains; or, where the database is away, what remains is swept as a stalled upload. */
async function forget(parts: Parts, versionId: string, sourceKey: string): Promise<void> {
  try {
    await parts.database.transaction().execute((tx) => abandonVersions(parts, tx, [versionId]))
    // Also where the video was deleted while its bytes came, for no row knows of them any more.
    await parts.storage.delete(sourceKey)
  } catch (error) {
    // The caller is told what went wrong first.
    parts.log.warn({ err: error, versionId }, 'a failed upload could not be removed at once')
  }
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
