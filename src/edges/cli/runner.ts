import { availableParallelism, homedir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'
import { createLogger } from '#config/log.ts'
import { runRunner } from '../../runner.ts'

interface Options {
  readonly server: string
  readonly registrationToken?: string
  readonly runnerToken?: string
  readonly name?: string
  readonly slots?: number
  readonly threads: number
  readonly scratch: string
  /** Standard input is a pipe from the process that the runner must not outlive. */
  readonly endsWithStdin?: true
}

/** `reelmill runner`: takes jobs from a server until it is told to stop. */
export function runnerCommand(): Command {
  return (
    new Command('runner')
      .description('take jobs from a server and work on them; Ctrl-C gives them back and ends')
      .addOption(
        new Option('--server <url>', 'the server')
          .default('http://127.0.0.1:8000')
          .argParser(parseOrigin),
      )
      .addOption(
        new Option('--registration-token <token>', 'as `reelmill token create` printed it').env(
          'RUNNER_REGISTRATION_TOKEN',
        ),
      )
      // Not for the command line, where everybody on the machine could read it.
      .addOption(new Option('--runner-token <token>').env('RUNNER_TOKEN').hideHelp())
      .addOption(new Option('--ends-with-stdin').env('RUNNER_ENDS_WITH_STDIN').hideHelp())
      .option('--name <name>', 'a name to keep over restarts; unset: one for this run only')
      .addOption(
        new Option(
          '--slots <jobs>',
          'chunks at once; unset: RUNNER_SLOTS, or one for two cores',
        ).argParser(parseCount(1)),
      )
      .addOption(
        new Option('--threads <count>', 'threads of each encoder; 0: as many as it likes')
          .default(0)
          .argParser(parseCount(0)),
      )
      .option('--scratch <folder>', 'work folder', join(homedir(), '.reelmill-runner'))
      .action(run)
  )
}

async function run({ scratch, slots, endsWithStdin, ...options }: Options): Promise<void> {
  const config = readConfig(readEnvironment())
  const stop = new AbortController()
  listenForSignals(stop)
  if (endsWithStdin) process.stdin.resume().once('close', () => stop.abort())
  try {
    await runRunner({
      ...options,
      slots: slots ?? (config.runnerSlots || slotsForCores()),
      scratchDir: scratch,
      programs: { ffmpeg: config.ffmpegPath, ffprobe: config.ffprobePath },
      signal: stop.signal,
      log: createLogger(config),
    })
  } finally {
    // Reading on would keep a runner that failed, and its server would wait for its end for ever.
    if (endsWithStdin) process.stdin.destroy()
  }
  // A job that does not end, or a connection that is kept alive, must not keep the process.
  process.exit(0)
}

/** One encoder of all renditions keeps two cores busy; more at once would only disturb each other. */
function slotsForCores(): number {
  return Math.max(1, Math.floor(availableParallelism() / 2))
}

/** Ends gently at the first signal, at once at the second. */
function listenForSignals(stop: AbortController): void {
  const end = () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** The protocol knows no path before its own, and sockets would take one for a namespace. */
function parseOrigin(text: string): string {
  if (!URL.canParse(text))
    throw new InvalidArgumentError('It must be an address, http://HOST:PORT.')
  const { protocol, origin, pathname } = new URL(text)
  if (!/^https?:$/.test(protocol) || pathname !== '/') {
    throw new InvalidArgumentError('It must be http(s)://HOST:PORT without a path.')
  }
  return origin
}

function parseCount(minimum: number) {
  return (text: string): number => {
    const count = /^\d{1,3}$/.test(text) ? Number(text) : -1
    if (count < minimum || count > 256) {
      throw new InvalidArgumentError(`It must be a whole number from ${minimum} to 256.`)
    }
    return count
  }
}
