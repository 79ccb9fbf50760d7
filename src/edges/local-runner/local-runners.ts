import { hostname } from 'node:os'
import { join } from 'node:path'
import { loseJobs } from '#flow/lose-jobs.ts'
import type { Parts } from '#flow/parts.ts'
import { replaceLocalRunner } from '#flow/runner-leaves.ts'
import type { LocalRunner } from '#runners/local.ts'
import { slotsForCores } from '../runner-client/slots-for-cores.ts'
import { keepLocalRunner } from './keep-local-runner.ts'
import { untilRunnersWanted } from './until-wanted.ts'

/** The runners in this process's care: RUNNERS of them, each a process of its own. */
export interface LocalRunners {
  /** Starts them, once: they reach the server at this address of the machine. */
  start(serverUrl: string): void
  stop(): Promise<void>
}

interface NamedRunner extends LocalRunner {
  readonly name: string
}

/**
 * Admits them, which takes what earlier ones of the same names held back to the queue. Their names
 * tell them from those of other servers. They work from `start` on.
 *
 * @param onLine is given what they log, a JSON document each; their lines go where this process's
 * standard error goes when it is left out.
 */
export async function admitLocalRunners(
  parts: Parts,
  onLine?: (line: string) => void,
): Promise<LocalRunners> {
  const { config } = parts
  const slots = config.runnerSlots || slotsForCores(config.runners)
  const admitted: NamedRunner[] = []
  for (let number = 1; number <= config.runners; number++) {
    const name = `local-${number}@${hostname()}:${config.port || process.pid}`
    admitted.push({ name, ...(await replaceLocalRunner(parts, name, slots)) })
  }
  const stops: (() => Promise<void>)[] = []
  let isOver = false
  return {
    start: (serverUrl) => {
      if (isOver || stops.length > 0) return
      const starts = admitted.map((runner, index) =>
        start(parts, runner, { index, slots, serverUrl, onLine }),
      )
      stops.push(...starts)
    },
    stop: async () => {
      isOver = true
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

interface Start {
  /** Of its folder. */
  readonly index: number
  readonly slots: number
  readonly serverUrl: string
  readonly onLine: ((line: string) => void) | undefined
}

function start(parts: Parts, runner: NamedRunner, { index, slots, serverUrl, onLine }: Start) {
  const { config, log } = parts
  const { id, name, runnerToken } = runner
  return keepLocalRunner({
    name,
    serverUrl,
    runnerToken,
    slots,
    scratchDir: join(config.dataDir, 'runners', String(index + 1)),
    log,
    onLine,
    untilWanted: (signal) => untilRunnersWanted(parts, signal),
    onLost: () => loseJobs(parts, id, 'runner_lost'),
  })
}
