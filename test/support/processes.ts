import { readdir, readFile } from 'node:fs/promises'

/** A process of this machine. */
export interface ProcessInfo {
  readonly pid: number
  /** Its command line, arguments separated by spaces. */
  readonly command: string
}

/** The living processes whose command line holds one of the texts, such as a folder's path. */
export async function listProcesses(...texts: readonly string[]): Promise<ProcessInfo[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid)
  const found = await Promise.all(pids.map(describe))
  return found.filter((each) => each !== null).filter(({ command }) => holdsAny(command, texts))
}

function holdsAny(command: string, texts: readonly string[]): boolean {
  return texts.some((text) => command.includes(text))
}

async function describe(pid: number): Promise<ProcessInfo | null> {
  // Empty for one that has ended and waits for its parent; gone for one that just went.
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return text === '' ? null : { pid, command: text.replaceAll('\0', ' ') }
}

/** Kills at once; a process that is gone already is fine. */
export function killProcess(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
