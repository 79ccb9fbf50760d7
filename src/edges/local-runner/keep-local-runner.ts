import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import type { Logger } from 'pino'

export interface LocalRunnerOptions {
  readonly name: string
  /** Where the server is reached from this machine. */
  readonly serverUrl: string
  readonly runnerToken: string
  readonly slots: number
  readonly scratchDir: string
  readonly log: Logger
  /** Given each line that it logs; to this process's standard error when left out. */
  readonly onLine?: ((line: string) => void) | undefined
  /** Waits until it may run, or the signal fires. */
  untilWanted(signal: AbortSignal): Promise<void>
  /** The process ended by itself: whatever it held is lost. */
  onLost(): Promise<void>
}

/** Beside this file as it is written, and as it is built. */
const program = fileURLToPath(new URL(`../../reelmill${extname(import.meta.url)}`, import.meta.url))
const restartDelayMs = { first: 200, longest: 10_000 }
/** A runner that ran this long was well: its next end starts with short delays again. */
const wellAfterMs = 60_000
/** After SIGTERM a runner gives its jobs back; one that hangs is killed. */
const stopWithinMs = 5_000

/**
 * Runs a runner as a process of its own, so that its crash is not ours, and starts it again when it
 * ends. The token goes by the environment, where other users of the machine cannot read it. The
 * runner's standard input is a pipe from here: it ends when this process does, however that happens.
 *
 * @returns a function that stops it and settles when it is gone.
 */
export function keepLocalRunner(options: LocalRunnerOptions): () => Promise<void> {
  const stopping = new AbortController()
  const kept = keepRunning(options, stopping.signal)
  return async () => {
    stopping.abort()
    await kept
  }
}

async function keepRunning(options: LocalRunnerOptions, signal: AbortSignal): Promise<void> {
  let delayMs = restartDelayMs.first
  for (;;) {
    await options.untilWanted(signal)
    if (signal.aborted) return
    const startedAtMs = performance.now()
    const { exitCode, signal: killedBy } = await runOnce(options, signal)
    if (signal.aborted) return
    options.log.warn(
      { runner: options.name, exitCode, killedBy },
      'a local runner ended; restarting it',
    )
    await options.onLost().catch((error: unknown) => {
      // The leases end by themselves, and the next runner tells what this one left.
      options.log.warn({ err: error, runner: options.name }, 'its jobs could not be taken back')
    })
    if (performance.now() - startedAtMs > wellAfterMs) delayMs = restartDelayMs.first
    // Cut short when stopping: the loop's condition then ends it.
    await delay(delayMs, undefined, { signal }).catch(() => undefined)
    delayMs = Math.min(delayMs * 2, restartDelayMs.longest)
  }
}

function runOnce(options: LocalRunnerOptions, signal: AbortSignal) {
  const { serverUrl, slots, name, scratchDir, runnerToken } = options
  const settings = ['--server', serverUrl, '--name', name, '--slots', String(slots)]
  const { onLine } = options
  const words = [program, 'runner', ...settings, '--scratch', scratchDir]
  const child = execa(process.execPath, words, {
    stdin: 'pipe',
    stdout: onLine ? 'ignore' : 'inherit',
    stderr: onLine ? 'pipe' : 'inherit',
    buffer: false,
    env: { RUNNER_TOKEN: runnerToken, RUNNER_ENDS_WITH_STDIN: '1', LOG_LEVEL: options.log.level },
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: stopWithinMs,
  })
  if (onLine && child.stderr) createInterface({ input: child.stderr }).on('line', onLine)
  return child
}
