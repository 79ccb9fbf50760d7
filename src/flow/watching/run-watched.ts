import { constants } from 'node:fs'
import { type FileHandle, link, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Attempt } from '#database/step-run.ts'
import { isOutage } from '#errors/is-outage.ts'
import { ReelmillError, toErrorRecord, toReelmillError } from '#errors/reelmill-error.ts'
import { failVersion } from '../advance.ts'
import { endUpload } from '../end-upload.ts'
import type { Parts } from '../parts.ts'
import { isUnchanged, lookAt } from './list-files.ts'
import type { WatchedData } from './take-watched.ts'

const pieceBytes = 256 * 1024

/**
 * Copies a file of the watch folder into the storage, begins its journey, and takes it out of the
 * folder: to `done`, to `failed` where it could not be read, or away. Cut off anywhere, it is run
 * again and goes on with what is left to do.
 */
export async function runWatched(
  parts: Parts,
  data: WatchedData,
  attempt: Pick<Attempt, 'last' | 'signal'>,
): Promise<void> {
  const folder = parts.config.watchFolder
  if (folder === null) throw new ReelmillError('internal', 'WATCH_FOLDER is not set any more.')
  try {
    await takeBytes(parts, folder, data)
    await moveOut(folder, data, parts.config.watchFolderAfter === 'delete' ? null : 'done')
  } catch (error) {
    const known = toReelmillError(error)
    if (attempt.signal.aborted || isOutage(known)) throw error
    if (known.retryable && !attempt.last) throw error
    const { versionId } = data
    parts.log.warn({ err: error, name: data.name }, 'a file of the watch folder failed')
    const failure = { versionId, from: 'uploading', error: toErrorRecord(known) } as const
    await parts.database.transaction().execute((tx) => failVersion(parts, tx, failure))
    await moveOut(folder, data, 'failed')
  }
  await parts.database
    .updateTable('watched_files')
    .set({ finished_at: sql<Date>`now()` })
    .where('version_id', '=', data.versionId)
    .execute()
}

/** Nothing where that was done before, or the video was deleted or cancelled. */
async function takeBytes(parts: Parts, folder: string, data: WatchedData): Promise<void> {
  const { versionId } = data
  const version = await parts.database
    .selectFrom('versions')
    .select('source_key')
    .where('id', '=', versionId)
    .where('state', '=', 'uploading')
    .executeTakeFirst()
  if (!version) return
  const file = await openPlain(folder, data.name)
  try {
    const body = Readable.from(readPieces(file), { objectMode: false })
    const { sizeBytes } = await parts.storage.put(version.source_key, body)
    await refuseChanged(file, sizeBytes, data)
    await parts.database
      .transaction()
      .execute((tx) => endUpload(parts, tx, { versionId, sizeBytes }))
  } catch (error) {
    if (!(error instanceof ReelmillError) || error.code !== 'video_not_found') throw error
    // Deleted meanwhile: no row knows of the object any more.
    await parts.storage.delete(version.source_key)
  } finally {
    await file.close()
  }
}

/** The bytes of an open file, which stays open, as it would not under a stream of its own. */
async function* readPieces(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const piece = Buffer.allocUnsafe(pieceBytes)
    const { bytesRead } = await file.read(piece, 0, pieceBytes, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield piece.subarray(0, bytesRead)
  }
}

/** Never what a link leads to: that may be any file that the server can read. */
async function openPlain(folder: string, name: string): Promise<FileHandle> {
  try {
    return await open(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch (cause) {
    throw new ReelmillError('source_not_found', `There is no file ${name} any more.`, { cause })
  }
}

async function refuseChanged(file: FileHandle, copiedBytes: number, data: WatchedData) {
  const { size, mtimeMs } = await file.stat()
  const { name, sizeBytes, modifiedMs } = data
  if (size === copiedBytes && size === sizeBytes && mtimeMs === modifiedMs) return
  throw new ReelmillError('source_changed', `The file ${name} was changed while it was read.`)
}

/** Moves the file to a folder beside it, under a name that is free there; null: removes it. */
async function moveOut(folder: string, data: WatchedData, to: string | null): Promise<void> {
  const from = join(folder, data.name)
  // Moved already; or it is another file by now, which is taken in by itself.
  if (!isUnchanged(data, await lookAt(folder, data.name))) return
  if (to !== null) {
    await mkdir(join(folder, to), { recursive: true })
    const isFree = await linkTo(from, join(folder, to, data.name))
    if (!isFree) await linkTo(from, join(folder, to, `${data.versionId}-${data.name}`))
  }
  await rm(from, { force: true })
}

/** A link and then a removal, for a rename would silently take the place of what is there. */
async function linkTo(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
