import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isAbsent } from './failures.ts'

/** Not a plain name (storage/keys.ts), so no key leads into it. */
export const temporaryFolder = '.tmp'

const host = hostname().replaceAll(/[^A-Za-z0-9.-]/g, '-')
const own = `${host}_${process.pid}_${startOf(process.pid)}`

/**
 * A path for a file that is being written, on the volume of the objects so that it can be renamed
 * to its key. Its name says which process writes it.
 */
export async function reserveTemporary(root: string): Promise<string> {
  const folder = join(root, temporaryFolder)
  await mkdir(folder, { recursive: true })
  return join(folder, `${own}_${randomUUID()}`)
}

/**
 * Removes the files of processes that are gone, and those that nobody has written to for
 * `olderThanMs`, which catches writers on other machines. Returns how many went.
 */
export async function sweepTemporaryFiles(root: string, olderThanMs: number): Promise<number> {
  const folder = join(root, temporaryFolder)
  let removed = 0
  for (const name of await namesIn(folder)) {
    const path = join(folder, name)
    if (!(await isLeftOver(path, name, olderThanMs))) continue
    await rm(path, { recursive: true, force: true })
    removed += 1
  }
  return removed
}

async function isLeftOver(path: string, name: string, olderThanMs: number): Promise<boolean> {
  const [writerHost, pid, start] = name.split('_')
  if (writerHost === host && start !== 'unknown' && (await startNow(Number(pid))) !== start) {
    return true
  }
  try {
    return Date.now() - (await stat(path)).mtimeMs > olderThanMs
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

/** When a process started, in ticks since the machine did: tells it from a later one of its number. */
function startOf(pid: number): string {
  try {
    return parseStart(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // No /proc on this system: age alone decides there.
    return 'unknown'
  }
}

async function startNow(pid: number): Promise<string | null> {
  try {
    return parseStart(await readFile(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // The process is gone, which is an answer.
    return null
  }
}

/** Field 22 of proc(5)'s stat; the second field is a name in brackets that may hold anything. */
function parseStart(text: string): string {
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown'
}
