import { randomUUID } from 'node:crypto'
import { execa } from 'execa'
import { openControlGroup } from './control-group.ts'
import { watchDaemons } from './daemon-usage.ts'

/** What a command cost, with everything that it started. */
export interface Cost {
  /** User and system time. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly stdout: string
}

interface Command {
  readonly words: readonly string[]
  /** Where its daemons work, if it has any: for machines without control groups. */
  readonly daemonFolder?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a command to its end. Fails when it does. */
export function measureCommand(command: Command): Promise<Cost> {
  const group = openControlGroup({ name: `reelmill-bench-${randomUUID()}` })
  return group ? measureInGroup(command, group) : measureByWaiting(command)
}

async function measureInGroup(
  { words, env = {} }: Command,
  group: NonNullable<ReturnType<typeof openControlGroup>>,
): Promise<Cost> {
  const [file = '', ...args] = [...group.enter, ...words]
  try {
    const { stdout, durationMs } = await execa(file, args, { env })
    return { cpuSeconds: group.cpuSeconds(), wallSeconds: durationMs / 1000, stdout }
  } finally {
    await group.remove()
  }
}

/** The shell's `times` tells what its ended children used, wait4's way; daemons are looked after. */
async function measureByWaiting({ words, env = {}, daemonFolder }: Command): Promise<Cost> {
  const daemons = daemonFolder === undefined ? null : watchDaemons(daemonFolder)
  try {
    const script = '"$@"; status=$?; times >&3; exit $status'
    const { stdout, stdio, durationMs } = await execa('sh', ['-c', script, 'sh', ...words], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    const waited = parseTimes(String(stdio[3]))
    const cpuSeconds = waited + (daemons?.cpuSeconds() ?? 0)
    return { cpuSeconds, wallSeconds: durationMs / 1000, stdout: String(stdout) }
  } finally {
    daemons?.stop()
  }
}

/** Two lines, the shell's own and its children's: "1m2.34s 0m5.67s". */
function parseTimes(text: string): number {
  const children = text.trim().split('\n')[1] ?? ''
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)]
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}
