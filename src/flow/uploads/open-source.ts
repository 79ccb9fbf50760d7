import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { openGrowingFile } from '#storage/fs/growing-file.ts'
import type { Parts } from '../parts.ts'
import { abandonBucketSource, completeBucketSource, openBucketSource } from './bucket-source.ts'
import type { GrowingSource } from './growing-source.ts'
import type { Upload } from './upload.ts'

type Place = Pick<Upload, 'idHash' | 'sourceKey' | 'growth'>
type Growing = Place & Pick<Upload, 'receivedBytes' | 'lengthBytes'>

/**
 * What an upload grows in. Where the storage has files it is the source itself, so that the end moves
 * no bytes and the beginning can be read meanwhile; in a bucket the parts of the source; else a file
 * of this server.
 *
 * @throws ReelmillError `upload_gone` when what was received is not there any more.
 */
export async function openSource(parts: Parts, upload: Growing): Promise<GrowingSource> {
  const { storage } = parts
  try {
    if (storage.parts) return await openBucketSource(storage, storage.parts, upload)
    return await openFileSource(pathOf(parts, upload), upload)
  } catch (error) {
    if (!(error instanceof ReelmillError) || error.code !== 'object_not_found') throw error
    throw new ReelmillError('upload_gone', undefined, { cause: error })
  }
}

async function openFileSource(
  path: string,
  { sourceKey, receivedBytes: keptBytes }: Growing,
): Promise<GrowingSource> {
  const file = await openGrowingFile(sourceKey, path, keptBytes)
  return {
    ...file,
    finish: () => file.flush(),
    growth: () => null,
    undo: () => file.truncate(keptBytes),
  }
}

/** Puts a source that is whole under its key, where it is not there already. Repeatable. */
export async function settleSource(parts: Parts, upload: Growing): Promise<void> {
  const { storage } = parts
  if (storage.localPath(upload.sourceKey) !== null) return
  if (storage.parts) return completeBucketSource(storage, storage.parts, upload)
  await storage.putFile(upload.sourceKey, pathOf(parts, upload))
}

/** Removes what came of an upload that nobody waits for any more. Repeatable. */
export async function removeSource(parts: Parts, upload: Place): Promise<void> {
  const { storage } = parts
  await storage.delete(upload.sourceKey)
  if (storage.localPath(upload.sourceKey) !== null) return
  if (storage.parts) await abandonBucketSource(storage, storage.parts, upload)
  else await rm(pathOf(parts, upload), { force: true })
}

function pathOf(
  { storage, config }: Parts,
  { idHash, sourceKey }: Pick<Upload, 'idHash' | 'sourceKey'>,
): string {
  return storage.localPath(sourceKey) ?? join(spoolFolder(config), idHash.toString('hex'))
}

/** Where sources grow that the storage can only take whole. */
export function spoolFolder({ dataDir }: Parts['config']): string {
  return join(dataDir, 'tmp', 'uploads')
}
