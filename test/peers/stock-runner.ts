import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { abortJob, acceptJob, register, requestJob, unregister } from './stock-calls.ts'
import { UnexpectedStatus } from './stock-http.ts'
import { processJob, type StockJob } from './stock-job.ts'
import { type StockRelease, stockHabits } from './stock-release.ts'
import { createRounds, type Visit } from './stock-rounds.ts'
import {
  createSpeaker,
  type StockCall,
  type StockDiary,
  type StockSpeaker,
} from './stock-speaker.ts'

export interface StockServer {
  /** The bare origin, as on the stock runner's command line. */
  readonly url: string
  readonly registrationToken: string
}

export interface StockRunnerOptions {
  readonly release: StockRelease
  readonly servers: readonly StockServer[]
  /** A random one when left out. */
  readonly name?: string
  /** Jobs at once, of all servers together: 2. */
  readonly concurrency?: number
  /** `--enable-job`; all that are known when left out. */
  readonly enableJobs?: readonly string[] | undefined
  /** 60,000; 500 under an id of the form `test-1`. */
  readonly updateEveryMs?: number
  /** Between two rounds while there is work and room: 2500. */
  readonly chainMs?: number
  readonly onCall?: (call: StockCall) => void
}

/**
 * A double of the stock `peertube-runner`, with its habits and its quirks (runner protocol, section
 * 5). In this process, so that a test can look at it; stock-runner-program.ts is one to be killed.
 */
export interface StockRunner {
  readonly name: string
  readonly diary: StockDiary
  /** The jobs in its hands. */
  running(): readonly StockJob[]
  /** The servers that it has not forgotten, and by which tokens they know it. */
  servers(): readonly { readonly url: string; readonly runnerToken: string }[]
  /** As SIGTERM: every job is given back, ffmpeg is not waited for. */
  stop(): Promise<void>
  /** As SIGKILL: not a word. */
  vanish(): Promise<void>
}

interface Instance {
  readonly url: string
  readonly runnerToken: string
  readonly speaker: StockSpeaker
  readonly socket: Socket
}

interface State {
  readonly options: StockRunnerOptions
  readonly name: string
  readonly diary: StockDiary
  readonly scratch: string
  readonly ending: AbortController
  readonly instances: Instance[]
  readonly running: Map<StockJob, Instance>
  /** One of the triggers of a round. */
  check: () => void
}

/** Registers at every server and starts to work. */
export async function startStockRunner(options: StockRunnerOptions): Promise<StockRunner> {
  const state: State = {
    options,
    name: options.name ?? `stock-${randomUUID()}`,
    diary: { calls: [], notes: [] },
    scratch: await mkdtemp(join(tmpdir(), 'stock-runner-')),
    ending: new AbortController(),
    instances: [],
    running: new Map(),
    check: () => undefined,
  }
  const rounds = createRounds({
    instances: () => state.instances,
    visit: (instance) => visit(state, instance),
    hasRoom: () => hasRoom(state),
    chainMs: options.chainMs ?? 2500,
  })
  state.check = rounds.check
  for (const server of options.servers) state.instances.push(await enrol(state, server))
  rounds.check()
  const vanish = async () => {
    rounds.stop()
    state.ending.abort()
    for (const { socket } of state.instances) socket.disconnect()
    await rm(state.scratch, { recursive: true, force: true, maxRetries: 5 })
  }
  return {
    name: state.name,
    diary: state.diary,
    running: () => [...state.running.keys()],
    servers: () => state.instances.map(({ url, runnerToken }) => ({ url, runnerToken })),
    stop: async () => {
      rounds.stop()
      await abortAll(state)
      await vanish()
    },
    vanish,
  }
}

async function enrol(state: State, server: StockServer): Promise<Instance> {
  const { url, registrationToken } = server
  const { options, diary, name, check } = state
  const habits = stockHabits[options.release]
  const speaker = createSpeaker({ url, habits, diary, onCall: options.onCall })
  const runnerToken = await register(speaker, options, { registrationToken, name })
  const socket = io(`${url}/runners`, {
    auth: { runnerToken },
    transports: ['websocket'],
    forceNew: true,
  })
  socket.on('connect', check)
  socket.on('available-jobs', check)
  socket.on('connect_error', ({ message }) => speaker.note(`socket: ${message}`))
  return { url, runnerToken, speaker, socket }
}

function hasRoom({ options, running, ending }: State): boolean {
  return running.size < (options.concurrency ?? 2) && !ending.signal.aborted
}

/** Asks one server, and takes at most one job; the answer is thrown away when there is no room. */
async function visit(state: State, instance: Instance): Promise<Visit> {
  const { speaker, runnerToken } = instance
  let sawJobs = false
  try {
    const offered = await requestJob(speaker, state.options, runnerToken)
    sawJobs = offered !== null
    if (offered !== null && hasRoom(state)) {
      startJob(state, instance, await acceptJob(speaker, offered.uuid, runnerToken))
    }
    return { sawJobs, failed: false }
  } catch (error) {
    // A lost race is no fault in its log, and is counted as one all the same.
    if (error instanceof UnexpectedStatus && error.code === 'unknown_runner_token') {
      await forget(state, instance)
    }
    return { sawJobs, failed: true }
  }
}

function startJob(state: State, instance: Instance, job: StockJob): void {
  const { speaker, runnerToken } = instance
  const { scratch, ending, options } = state
  const updateEveryMs = options.updateEveryMs ?? 60_000
  state.running.set(job, instance)
  processJob({ job, runnerToken, speaker, scratch, updateEveryMs, signal: ending.signal })
    .catch((error: unknown) => speaker.note(String(error)))
    .finally(() => {
      state.running.delete(job)
      state.check()
    })
}

async function forget(state: State, instance: Instance): Promise<void> {
  state.instances.splice(state.instances.indexOf(instance), 1)
  await unregister(instance.speaker, instance.runnerToken)
  instance.socket.disconnect()
}

/** One after the other; where one is refused, those after it are not given back any more. */
async function abortAll({ running }: State): Promise<void> {
  try {
    for (const [job, { speaker, runnerToken }] of running) {
      await abortJob(speaker, job, runnerToken)
    }
  } catch {
    // It is in the diary; the stock runner exits here with a code of its own.
  }
}
