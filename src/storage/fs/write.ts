import { constants } from 'node:fs'
import { copyFile, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { guarded, isAbsent, systemCode, toStorageError } from './failures.ts'

export interface Place {
  readonly key: string
  /** Where the object is to be. */
  readonly path: string
  /** Where it is written until it is whole. */
  readonly temporary: string
  /** Whether the bytes are on the disk, not only in its cache, when the call returns. */
  readonly durable: boolean
}

/** Writes the object beside its place and renames it there: readers see it whole or not at all. */
export async function writeWhole(place: Place, body: Buffer | Readable): Promise<void> {
  try {
    const handle = await guarded(place.key, open(place.temporary, 'wx'))
    try {
      await writeBody(handle, body, place.key)
      if (place.durable) await guarded(place.key, handle.datasync())
    } finally {
      await handle.close()
    }
    await moveIntoPlace(place, place.temporary)
  } catch (error) {
    await rm(place.temporary, { force: true })
    throw error
  }
}

/** Moves a file into place; from another volume it is copied, by reference where that is possible. */
export async function takeOver(place: Place, from: string): Promise<void> {
  try {
    if (place.durable) await guarded(place.key, syncPath(from))
    await moveIntoPlace(place, from)
  } catch (error) {
    if (!(error instanceof Error) || systemCode(error.cause) !== 'EXDEV') throw error
    await copyWhole(place, from)
    await guarded(place.key, rm(from))
  }
}

/** Copies a file into place, by reference to the same blocks where the file system can. */
export async function copyWhole(place: Place, from: string): Promise<void> {
  try {
    await guarded(place.key, copyFile(from, place.temporary, constants.COPYFILE_FICLONE))
    if (place.durable) await guarded(place.key, syncPath(place.temporary))
    await moveIntoPlace(place, place.temporary)
  } catch (error) {
    await rm(place.temporary, { force: true })
    throw error
  }
}

/** A failure of the body's own stream passes as it is: it is not the storage that failed. */
async function writeBody(handle: FileHandle, body: Buffer | Readable, key: string): Promise<void> {
  if (Buffer.isBuffer(body)) return guarded(key, handle.writeFile(body))
  for await (const chunk of body) await guarded(key, handle.writeFile(chunk))
}

/** Repeats when the folder went away in between: deleting its last object removes a folder. */
async function moveIntoPlace(place: Place, from: string): Promise<void> {
  const folder = dirname(place.path)
  for (let attempt = 0; ; attempt += 1) {
    try {
      const made = await mkdir(folder, { recursive: true })
      await rename(from, place.path)
      if (!place.durable) return
      await syncPath(folder)
      if (made !== undefined) await syncPath(dirname(made))
      return
    } catch (error) {
      if (attempt < 3 && isAbsent(error)) continue
      throw toStorageError(error, place.key)
    }
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
