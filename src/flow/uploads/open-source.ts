import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type GrowingFile, openGrowingFile } from '#storage/fs/growing-file.ts'
import type { Parts } from '../parts.ts'
import type { Upload } from './upload.ts'

type Place = Pick<Upload, 'idHash' | 'sourceKey'>

/**
 * The file that an upload grows in: where the storage has files it is the source itself, so that the
 * end of an upload moves no bytes and the beginning can be read meanwhile.
 *
 * @throws ReelmillError `upload_gone` when what was received is not there any more.
 */
export async function openSource(
  parts: Parts,
  upload: Place & Pick<Upload, 'receivedBytes'>,
): Promise<GrowingFile> {
  try {
    return await openGrowingFile(pathOf(parts, upload), upload.receivedBytes)
  } catch (error) {
    if (!(error instanceof ReelmillError) || error.code !== 'object_not_found') throw error
    throw new ReelmillError('upload_gone', undefined, { cause: error })
  }
}

/** Puts a source that is whole under its key, where it is not there already. Repeatable. */
export async function settleSource(parts: Parts, upload: Place): Promise<void> {
  if (parts.storage.localPath(upload.sourceKey) !== null) return
  await parts.storage.putFile(upload.sourceKey, pathOf(parts, upload))
}

/** Removes what came of an upload that nobody waits for any more. Repeatable. */
export async function removeSource(parts: Parts, upload: Place): Promise<void> {
  await parts.storage.delete(upload.sourceKey)
  if (parts.storage.localPath(upload.sourceKey) === null) {
    await rm(pathOf(parts, upload), { force: true })
  }
}

function pathOf({ storage, config }: Parts, { idHash, sourceKey }: Place): string {
  const spool = () => join(config.dataDir, 'tmp', 'uploads', idHash.toString('hex'))
  return storage.localPath(sourceKey) ?? spool()
}
