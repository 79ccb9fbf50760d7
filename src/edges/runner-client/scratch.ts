import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { isAlive } from '#config/is-alive.ts'
import type { JobHolder } from './api.ts'

/** The work folder of one run of a runner, and in it one empty folder for each job. */
export interface Scratch {
  /** Makes a job's folder, and notes whose job it is for whoever comes after a kill. */
  open(holder: JobHolder): Promise<string>
  /** Removes it with all that is in it. */
  close(uuid: string): Promise<void>
  /** Removes the run's own folder. */
  remove(): Promise<void>
}

/** A job that a run which was killed held, and where it came from. */
export interface Leftover {
  readonly server: string
  readonly holder: JobHolder
}

const NoteSchema = Type.Object({
  server: Type.String(),
  uuid: Type.String(),
  jobToken: Type.String(),
  runnerToken: Type.String(),
})

/** Folders of this very process, which may run several runners. */
const ownRuns = new Set<string>()

/**
 * Makes the work folder of this run for a server below `scratchDir`, which other runners may share.
 */
export async function openScratch(scratchDir: string, server: string): Promise<Scratch> {
  const name = `run-${process.pid}-${randomBytes(4).toString('hex')}`
  // ffmpeg is started inside a job's folder, where a path that is relative to ours leads nowhere.
  const run = resolve(scratchDir, name)
  ownRuns.add(name)
  await mkdir(run, { recursive: true })
  const folderOf = (uuid: string) => join(run, uuid)
  const noteOf = (uuid: string) => join(run, `${uuid}.json`)
  return {
    open: async (holder) => {
      await writeFile(noteOf(holder.uuid), JSON.stringify({ server, ...holder }), { mode: 0o600 })
      await mkdir(folderOf(holder.uuid))
      return folderOf(holder.uuid)
    },
    close: async (uuid) => {
      await rm(folderOf(uuid), { recursive: true, force: true, maxRetries: 3 })
      await rm(noteOf(uuid), { force: true })
    },
    remove: () => rm(run, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/**
 * Removes what runs that were killed left below `scratchDir`, and returns the jobs that they held, so
 * that those need not wait for the end of their leases. A run is over when its process is.
 */
export async function clearLeftovers(scratchDir: string): Promise<Leftover[]> {
  await mkdir(scratchDir, { recursive: true })
  const runs = (await readdir(scratchDir)).filter(isOver).map((name) => join(scratchDir, name))
  const leftovers: Leftover[] = []
  for (const run of runs) {
    leftovers.push(...(await readNotes(run)))
    await rm(run, { recursive: true, force: true, maxRetries: 3 })
  }
  return leftovers
}

function isOver(name: string): boolean {
  const pid = Number(/^run-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1] ?? 0)
  if (pid === 0 || ownRuns.has(name)) return false
  // Our own number on a folder that is not ours: an earlier process had it, as in containers.
  return pid === process.pid || !isAlive(pid)
}

async function readNotes(run: string): Promise<Leftover[]> {
  const names = (await readdir(run)).filter((name) => name.endsWith('.json'))
  const notes = await Promise.all(names.map((name) => readFile(join(run, name), 'utf8')))
  return notes.map(parseNote).filter((note) => note !== null)
}

function parseNote(text: string): Leftover | null {
  try {
    const value: unknown = JSON.parse(text)
    if (!Value.Check(NoteSchema, value)) return null
    const { server, ...holder } = value
    return { server, holder }
  } catch {
    // Killed while writing it: the job's lease will end by itself.
    return null
  }
}
