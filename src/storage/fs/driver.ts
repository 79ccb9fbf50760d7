import type { BigIntStats } from 'node:fs'
import { open, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ByteRange, ObjectInfo, Storage } from '../contract.ts'
import { checkKey, checkPrefix } from '../keys.ts'
import { refuseStopped } from '../refuse-stopped.ts'
import { guarded, isAbsent, toStorageError } from './failures.ts'
import { listKeys } from './list.ts'
import { readBytes } from './pour-file.ts'
import { reserveTemporary, sweepTemporaryFiles } from './temporary.ts'
import { copyWhole, type Place, takeOver, writeWhole } from './write.ts'

export interface FsStorageOptions {
  /**
   * False leaves it to the system when bytes reach the disk: for folders that are worth nothing
   * after a power cut.
   */
  readonly durable?: boolean
}

/**
 * Objects as files below a folder, each at the path that its key says. A key cannot be both an
 * object and the folder of others, as everywhere on a file system.
 */
export function openFsStorage(folder: string, options: FsStorageOptions = {}): Storage {
  const root = resolve(folder)
  const durable = options.durable ?? true
  const pathOf = (key: string): string => join(root, checkKey(key))
  const placeFor = async (key: string): Promise<Place> => ({
    key,
    path: pathOf(key),
    temporary: await guarded(key, reserveTemporary(root)),
    durable,
  })

  return {
    async put(key, body) {
      await writeWhole(await placeFor(key), body)
      return existing(key, pathOf(key))
    },
    async putFile(key, path) {
      await takeOver(await placeFor(key), path)
      return existing(key, pathOf(key))
    },
    get: (key, range) => read(key, pathOf(key), range),
    head: (key) => headFile(key, pathOf(key)),
    async *list(prefix) {
      for await (const key of listKeys(root, checkPrefix(prefix))) {
        const info = await headFile(key, pathOf(key))
        if (info) yield info
      }
    },
    async copy(from, to, { ifEtag } = {}) {
      const path = pathOf(from)
      const found = await headFile(from, path)
      if (!found || (ifEtag !== undefined && found.etag !== ifEtag)) {
        throw new ReelmillError('object_not_found', undefined, { details: { key: from } })
      }
      await copyWhole(await placeFor(to), path)
      return existing(to, pathOf(to))
    },
    async delete(key) {
      await guarded(key, rm(pathOf(key), { force: true }))
      await removeEmptyFolders(root, dirname(pathOf(key)))
    },
    async deleteAll(prefix, signal) {
      const path = join(root, checkPrefix(prefix))
      if (signal) await removeKeys(root, checkPrefix(prefix), signal)
      await guarded(prefix, rm(path, { recursive: true, force: true, maxRetries: 3 }))
      await removeEmptyFolders(root, dirname(path))
    },
    localPath: pathOf,
    signer: null,
    parts: null,
    sweepTemporary: (olderThanMs) => guarded('', sweepTemporaryFiles(root, olderThanMs)),
  }
}

/** File by file, so that it can be called off; a folder that is removed whole cannot. */
async function removeKeys(root: string, prefix: string, signal: AbortSignal): Promise<void> {
  refuseStopped(signal, prefix)
  for await (const key of listKeys(root, prefix)) {
    refuseStopped(signal, prefix)
    await guarded(key, rm(join(root, key), { force: true }))
  }
  refuseStopped(signal, prefix)
}

async function existing(key: string, path: string): Promise<ObjectInfo> {
  const info = await headFile(key, path)
  if (!info) throw toStorageError(new Error('The object was removed at once.'), key)
  return info
}

async function headFile(key: string, path: string): Promise<ObjectInfo | null> {
  try {
    const info = await stat(path, { bigint: true })
    if (!info.isFile()) return null
    return {
      key,
      sizeBytes: Number(info.size),
      modifiedAt: info.mtime,
      etag: etagOf(info),
    }
  } catch (error) {
    if (isAbsent(error)) return null
    throw toStorageError(error, key)
  }
}

/** A file that takes another's place has another inode, even within the clock's grain. */
function etagOf({ mtimeNs, size, ino }: BigIntStats): string {
  return [mtimeNs, size, ino].map((number) => number.toString(36)).join('-')
}

async function read(key: string, path: string, range: ByteRange | undefined): Promise<Readable> {
  const handle = await guarded(key, open(path, 'r'))
  try {
    const info = await guarded(key, handle.stat({ bigint: true }))
    const isWanted = range?.ifEtag === undefined || range.ifEtag === etagOf(info)
    if (!info.isFile() || !isWanted) {
      throw new ReelmillError('object_not_found', undefined, { details: { key } })
    }
    if (!range) return handle.createReadStream({ highWaterMark: readBytes })
    if (range.start <= range.end && range.start < info.size) {
      const { start, end } = range
      const highWaterMark = Math.min(readBytes, end - start + 1)
      return handle.createReadStream({ start, end, highWaterMark })
    }
  } catch (error) {
    await handle.close()
    throw error
  }
  await handle.close()
  return Readable.from([])
}

/** Walks up from a folder while there is nothing in it, so that deleted videos leave no trace. */
async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let path = folder; path.length > root.length; path = dirname(path)) {
    try {
      await rmdir(path)
    } catch {
      // Not empty, or gone already: either way this is where the walk ends.
      return
    }
  }
}
