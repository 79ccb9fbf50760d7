import { homedir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'
import { createLogger } from '#config/log.ts'
import { jobTypes } from '#jobs/job-types.ts'
import { type Account, type Equipment, runRunner, runRunnerForAll } from '../../runner.ts'
import { readRunnerConfigFile } from './runner-config-file.ts'
import {
  planAccounts,
  planLoad,
  planTranscription,
  type RunnerFlags,
  type RunnerSources,
} from './runner-plan.ts'
import {
  listCommand,
  parseServer,
  registerCommand,
  unregisterCommand,
} from './runner-registration.ts'

interface Options extends RunnerFlags {
  readonly config?: string
  readonly enableJob?: string[]
  readonly scratch: string
}

const help = `
It works for Reelmill and for PeerTube servers, for several at once with --config.
Ctrl-C or SIGTERM gives jobs back and ends. SIGUSR2 takes no more jobs and ends with the last one.
Settings may also be given as RUNNER_SERVER, RUNNER_REGISTRATION_TOKEN, RUNNER_TOKEN, RUNNER_NAME,
RUNNER_SLOTS, RUNNER_THREADS, RUNNER_NICE, RUNNER_TRANSCRIPTION_ENGINE, …: see reelmill serve --help.`

/** `reelmill runner`: takes jobs from servers until it is told to stop. */
export function runnerCommand(): Command {
  const command = new Command('runner')
    .description('Take jobs from a server and work on them; Ctrl-C gives them back and ends.')
    .addHelpText('after', help)
    // The options of a command below belong to it, not to this one.
    .enablePositionalOptions()
    .addCommand(registerCommand())
    .addCommand(listCommand())
    .addCommand(unregisterCommand())
  for (const option of options()) command.addOption(option)
  return command.action(run)
}

function options(): Option[] {
  const scratch = join(homedir(), '.reelmill-runner')
  return [
    new Option('--config <file>', "servers and settings, as PeerTube's runner keeps them"),
    new Option(
      '--server <url>',
      'the server; unset: those of --config, else http://127.0.0.1:8000',
    ).argParser(parseServer),
    new Option('--registration-token <token>', 'as `reelmill token create` printed it'),
    // Not for the command line, where everybody on the machine could read it.
    new Option('--runner-token <token>').hideHelp(),
    new Option('--ends-with-stdin').env('RUNNER_ENDS_WITH_STDIN').hideHelp(),
    new Option('--name <name>', 'a name to keep over restarts; unset: one for this run only'),
    new Option('--slots <jobs>', 'jobs at once; unset: one for two cores').argParser(parseCount(1)),
    new Option(
      '--threads <count>',
      'threads of each encoder; 0: as many as it likes, which is usual',
    ).argParser(parseCount(0)),
    new Option('--enable-job <type...>', 'the only types of jobs to take; unset: all').choices(
      jobTypes.filter((type) => type !== 'live-rtmp-hls-transcoding'),
    ),
    new Option('--scratch <folder>', 'work folder').default(scratch),
  ]
}

async function run({ scratch, ...flags }: Options): Promise<void> {
  const { endsWithStdin } = flags
  const environment = readEnvironment()
  const config = readConfig(environment)
  const stop = new AbortController()
  const drain = new AbortController()
  listenForSignals(stop, drain)
  if (endsWithStdin) process.stdin.resume().once('close', () => stop.abort())
  try {
    const file = flags.config === undefined ? null : await readRunnerConfigFile(flags.config)
    const sources: RunnerSources = { flags, config, file }
    const log = createLogger(config)
    const { engine, remark } = await planTranscription(sources, environment['PATH'] ?? '')
    if (remark) log.warn(remark)
    const equipment: Equipment = {
      ...planLoad(sources),
      scratchDir: scratch,
      programs: { ffmpeg: config.ffmpegPath, ffprobe: config.ffprobePath },
      transcription: engine,
      ...(flags.enableJob ? { jobTypes: flags.enableJob } : {}),
      signal: stop.signal,
      drain: drain.signal,
      log,
    }
    await workForServers(planAccounts(sources), equipment)
  } finally {
    // Reading on would keep a runner that failed, and its server would wait for its end for ever.
    if (endsWithStdin) process.stdin.destroy()
  }
  // A job that does not end, or a connection that is kept alive, must not keep the process.
  process.exit(0)
}

/** A runner of one server ends when that will not have it; one of several goes on with the others. */
async function workForServers(accounts: readonly Account[], equipment: Equipment): Promise<void> {
  const [first, ...others] = accounts
  if (first && others.length === 0) await runRunner({ ...equipment, ...first })
  else await runRunnerForAll(accounts, equipment)
}

/** Ends gently at the first signal, at once at the second. */
function listenForSignals(stop: AbortController, drain: AbortController): void {
  const end = () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // Not SIGUSR1, by which Node opens its debugger.
  process.on('SIGUSR2', () => drain.abort())
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
