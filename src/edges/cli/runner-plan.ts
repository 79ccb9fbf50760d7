import type { Config } from '#config/config.ts'
import { slotsForCores } from '#edges/runner-client/slots-for-cores.ts'
import {
  findTranscriptionEngine,
  type WantedEngine,
} from '#edges/runner-client/transcription-engine.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { TranscriptionEngine } from '#stages/encoding/files/file-work.ts'
import type { Account } from '../../runner.ts'
import { toOrigin } from './origin.ts'
import type { RegisteredInstance, RunnerConfigFile } from './runner-config-file.ts'

/** What the command line says of a runner. */
export interface RunnerFlags {
  readonly server?: string
  readonly registrationToken?: string
  readonly runnerToken?: string
  readonly name?: string
  readonly slots?: number
  readonly threads?: number
  /** Standard input is a pipe from the server that started the runner, which must not outlive it. */
  readonly endsWithStdin?: true
}

/** Where settings come from: an option wins over the environment, and that over the file. */
export interface RunnerSources {
  readonly flags: RunnerFlags
  readonly config: Config
  readonly file: RunnerConfigFile | null
}

const usualServer = 'http://127.0.0.1:8000'

/**
 * The servers to work for: those of the file, and one that is named beside it. Without a file there
 * is always one.
 *
 * @throws ReelmillError `invalid_setting` when there is none.
 */
export function planAccounts(sources: RunnerSources): Account[] {
  const { flags, config, file } = sources
  const listed = (file?.registeredInstances ?? []).map(toAccount)
  const named = flags.server ?? readServer(config)
  if (named !== null || file === null) {
    // Only a server itself starts runners with that pipe, and names itself to them.
    const own = flags.endsWithStdin ? { readsInPlace: true } : {}
    return [...listed, { server: named ?? usualServer, ...readAdmission(sources), ...own }]
  }
  if (listed.length > 0) return listed
  throw new ReelmillError('invalid_setting', 'The file names no server: see `runner register`.')
}

function toAccount({ url, runnerToken, runnerName }: RegisteredInstance): Account {
  return { server: toOrigin(url) ?? url, runnerToken, name: runnerName }
}

function readAdmission({ flags, config }: RunnerSources): Omit<Account, 'server'> {
  return {
    runnerToken: flags.runnerToken ?? config.runnerToken ?? undefined,
    registrationToken: flags.registrationToken ?? config.runnerRegistrationToken ?? undefined,
    name: flags.name ?? config.runnerName ?? undefined,
  }
}

/** How much the runner does at once, and how. Niceness is 0 to 19, the most that there is. */
export function planLoad({ flags, config, file }: RunnerSources) {
  const { jobs = {}, ffmpeg = {} } = file ?? {}
  const nice = firstSet(config.runnerNice, ffmpeg.nice)
  return {
    slots: flags.slots ?? (firstSet(config.runnerSlots, jobs.concurrency) || slotsForCores()),
    threads: flags.threads ?? firstSet(config.runnerThreads, ffmpeg.threads),
    niceness: Math.min(19, Math.max(0, nice)),
  }
}

/** 0 stands for what was not said. */
function firstSet(...values: readonly (number | undefined)[]): number {
  return values.find((value) => value !== undefined && value !== 0) ?? 0
}

/**
 * The engine for transcriptions, or null with a remark when the one that is named is not installed:
 * a stock file always names one.
 *
 * @throws ReelmillError `invalid_setting` when it is named by a path that leads nowhere.
 */
export async function planTranscription(
  { config, file }: RunnerSources,
  searchPath: string,
): Promise<{ readonly engine: TranscriptionEngine | null; readonly remark: string | null }> {
  const wanted = wantEngine(config, file)
  if (wanted === null) return { engine: null, remark: null }
  const engine = await findTranscriptionEngine(wanted, searchPath)
  const remark = `${wanted.kind} is not installed: transcriptions are left to other runners`
  return { engine, remark: engine ? null : remark }
}

function wantEngine(config: Config, file: RunnerConfigFile | null): WantedEngine | null {
  if (config.runnerTranscriptionEngine !== 'none') {
    return {
      kind: config.runnerTranscriptionEngine,
      path: config.runnerTranscriptionEnginePath ?? undefined,
      model: config.runnerTranscriptionModel,
    }
  }
  const { engine, enginePath, modelPath, model = 'small' } = file?.transcription ?? {}
  return engine ? { kind: engine, path: enginePath, model: modelPath ?? model } : null
}

function readServer({ runnerServer }: Config): string | null {
  if (runnerServer === null) return null
  const origin = toOrigin(runnerServer)
  if (origin !== null) return origin
  throw new ReelmillError(
    'invalid_setting',
    'RUNNER_SERVER must be http(s)://HOST:PORT without a path.',
  )
}
