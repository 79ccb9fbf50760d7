import type { Parts } from '../parts.ts'
import { isUnchanged, listFiles, type WatchedFile } from './list-files.ts'
import { takeWatched } from './take-watched.ts'

/** A file that could not be taken is tried again after this. */
const pauseMs = 60_000

interface Seen {
  readonly file: WatchedFile
  /** When it was first seen as it is, or tried in vain. */
  readonly sinceMs: number
  readonly waitMs: number
}

/** Looks at a folder again and again. */
export interface FolderWatch {
  /** One look: what has not changed for long enough is taken in. `nowMs` is of a clock that only rises. */
  readonly tick: (nowMs: number) => Promise<void>
}

/**
 * Takes the files of a folder in as videos (U6). A file is ready when it has not changed for some
 * seconds, by this process's own looks: a file that was moved in has an old date. Several servers may
 * look at one folder; a row decides who takes a file.
 */
export function watchFolder(parts: Parts, folder: string): FolderWatch {
  const settleMs = parts.config.watchFolderSettleSeconds * 1000
  let seen: ReadonlyMap<string, Seen> = new Map()
  let isReadable = true

  const look = async (file: WatchedFile, nowMs: number): Promise<Seen> => {
    const before = seen.get(file.name)
    if (!before || !isUnchanged(before.file, file)) {
      return { file, sinceMs: nowMs, waitMs: settleMs }
    }
    if (nowMs - before.sinceMs < before.waitMs || file.sizeBytes === 0) return before
    try {
      await takeWatched(parts, folder, file)
    } catch (error) {
      parts.log.warn({ err: error, name: file.name }, 'a file of the watch folder was not taken')
    }
    // One that was taken, here or elsewhere, is soon gone.
    return { file, sinceMs: nowMs, waitMs: pauseMs }
  }

  /** None while the folder cannot be read; that and its end are told once, not at every look. */
  const list = async (): Promise<readonly WatchedFile[]> => {
    try {
      const files = await listFiles(folder)
      if (!isReadable) parts.log.info({ folder }, 'the watch folder can be read')
      isReadable = true
      return files
    } catch (error) {
      if (isReadable) parts.log.error({ err: error, folder }, 'the watch folder cannot be read')
      isReadable = false
      return []
    }
  }

  return {
    tick: async (nowMs) => {
      const next = new Map<string, Seen>()
      for (const file of await list()) next.set(file.name, await look(file, nowMs))
      seen = next
    },
  }
}
