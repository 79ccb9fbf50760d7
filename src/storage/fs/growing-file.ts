import { constants } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { BlockWriter } from './block-writer.ts'
import { guarded, isAbsent, toStorageError } from './failures.ts'

/** A file that is added to at its end, by one writer at a time but through many lives of a server. */
export interface GrowingFile {
  /**
   * Adds bytes, and takes their memory: the chunk may be empty afterwards. Waits while too many are on
   * their way to the disk. Fails as a storage does.
   */
  write(chunk: Buffer): Promise<void>
  /**
   * Flushes what was written up to now; with a crash right after it, that many bytes of the file are
   * there.
   */
  flush(): Promise<number>
  /** Drops everything after the first `bytes`. */
  truncate(bytes: number): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a file to add to it, made if need be, with its folders. It keeps its first `keptBytes`: what
 * lies behind them was not recorded and may have holes after a power cut. Failures name it by its key:
 * uploaders are told them, and where the server's files are is none of their business.
 *
 * @throws ReelmillError of the storage contract; `object_not_found` when fewer bytes are there.
 */
export async function openGrowingFile(
  key: string,
  path: string,
  keptBytes: number,
): Promise<GrowingFile> {
  const handle = await guarded(key, openForAppending(path, keptBytes === 0))
  try {
    const { size } = await guarded(key, handle.stat())
    if (size < keptBytes) throw toStorageError(absence(), key)
    if (size > keptBytes) await guarded(key, handle.truncate(keptBytes))
    return describeFile(key, handle, keptBytes)
  } catch (error) {
    await handle.close()
    throw error
  }
}

function absence(): Error {
  return Object.assign(new Error('The file is shorter than what was kept of it.'), {
    code: 'ENOENT',
  })
}

/** Repeats when the folder went away in between: deleting its last object removes a folder. */
async function openForAppending(path: string, mayCreate: boolean): Promise<FileHandle> {
  if (!mayCreate) return open(path, constants.O_RDWR)
  for (let attempt = 0; ; attempt += 1) {
    try {
      await mkdir(dirname(path), { recursive: true })
      return await open(path, constants.O_RDWR | constants.O_CREAT)
    } catch (error) {
      if (attempt === 3 || !isAbsent(error)) throw error
    }
  }
}

function describeFile(key: string, handle: FileHandle, keptBytes: number): GrowingFile {
  const writer = new BlockWriter(handle, keptBytes)
  return {
    write: (chunk) => guarded(key, writer.write(chunk)),
    flush: async () => {
      await guarded(key, writer.drain())
      const bytes = writer.writtenTo
      await guarded(key, handle.datasync())
      return bytes
    },
    truncate: (bytes) => guarded(key, handle.truncate(bytes)),
    close: async () => {
      // Nothing may be written after whoever goes on has opened it; that it failed has been told.
      await writer.drain().catch(() => undefined)
      await guarded(key, handle.close())
    },
  }
}
