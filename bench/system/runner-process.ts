import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { openControlGroup } from '../measure/control-group.ts'
import { keepDutyCycle } from '../measure/duty-cycle.ts'
import { program } from './server-process.ts'

/** A runner in a process of its own that gets a share of a core. */
export interface LimitedRunner {
  /** CPU time used so far by it and its programs; null where that cannot be told. */
  readonly cpuSeconds: () => number | null
  readonly stop: () => Promise<void>
}

interface Options {
  readonly server: string
  readonly registrationToken: string
  readonly scratch: string
  /** Of the machine, from 0: tells runners apart. */
  readonly number: number
  /** Cores that it may use, at most 1. */
  readonly cores: number
}

/** Starts a runner with one slot, held to its share by the kernel, else by being stopped in turns. */
export async function startLimitedRunner(options: Options): Promise<LimitedRunner> {
  const { cores, number } = options
  const group = openControlGroup({ name: `reelmill-bench-${randomUUID()}`, cores })
  const words = group ? group.enter : ['taskset', '-c', String(number % availableParallelism())]
  const folder = join(options.scratch, `runner-${number}`)
  await mkdir(folder, { recursive: true })
  const child = startRunner(options, words, folder)
  const duty = group ? null : keepDutyCycle(child.pid ?? 0, cores)
  return {
    cpuSeconds: () => group?.cpuSeconds() ?? null,
    stop: async () => {
      duty?.end()
      child.kill('SIGTERM')
      await child
      await group?.remove()
    },
  }
}

function startRunner(options: Options, words: readonly string[], folder: string) {
  const { server, registrationToken } = options
  const [file = process.execPath, ...before] = words
  const own = [program, 'runner', '--server', server, '--slots', '1', '--scratch', folder]
  return execa(file, [...before, process.execPath, ...own], {
    env: { RUNNER_REGISTRATION_TOKEN: registrationToken, LOG_LEVEL: 'warn' },
    stdout: 'ignore',
    stderr: 'inherit',
    reject: false,
    forceKillAfterDelay: 20_000,
  })
}
