import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { waitFor } from '../support/wait-for.ts'
import type { StockRelease } from './stock-release.ts'
import type { StockCall } from './stock-speaker.ts'

const door = fileURLToPath(new URL('./stock-runner-program.ts', import.meta.url))

interface Options {
  readonly url: string
  readonly registrationToken: string
  readonly release: StockRelease
  /** Where it keeps its inputs and outputs: what it leaves there when it is killed. */
  readonly scratch: string
  readonly concurrency?: number
}

/** A stock runner in a process of its own. */
export interface StockProcess {
  /** The calls that it has made. */
  calls(): StockCall[]
  /** Settles with the first call of this verb that had this status: "accept", 200. */
  whenCalled(verb: string, status: number): Promise<StockCall>
  /** Settles when it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Starts one, which updates its jobs every 500 ms; the caller ends it. */
export function startStockProcess(options: Options): StockProcess {
  const { url, registrationToken, release, scratch, concurrency = 1 } = options
  const args = ['--url', url, '--registration-token', registrationToken, '--release', release]
  const child = spawn(
    process.execPath,
    [door, ...args, '--concurrency', String(concurrency), '--id', 'test-1'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: scratch } },
  )
  const exited = once(child, 'close')
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const calls = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as StockCall)
  return {
    calls,
    whenCalled: (verb, status) =>
      waitFor(`${verb} ${status}`, () =>
        calls().find((call) => call.path.endsWith(`/${verb}`) && call.status === status),
      ),
    kill: async (signal) => {
      child.kill(signal)
      await exited
    },
  }
}
