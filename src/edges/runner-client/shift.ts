import { setTimeout as wait } from 'node:timers/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { lightJobTypes } from '#stages/encoding/work.ts'
import type { Identity } from './admit.ts'
import type { AcceptedJob } from './answers.ts'
import type { SelfDescription } from './api.ts'
import { type Workshop, workOnJob } from './held-job.ts'
import { takeJobs } from './job-taker.ts'
import { createRounds, type Rounds } from './rounds.ts'
import { openWorkSocket, type WorkSocket } from './socket.ts'

/** All that a runner needs between being admitted and being stopped. */
export interface ShiftOptions extends Workshop {
  readonly self: SelfDescription & { readonly slots: number }
  readonly identity: Identity
  /** A new identity where the server does not know the runner any more. */
  readonly readmit: () => Promise<Identity>
}

/**
 * How long jobs get to end when the runner stops; what is still there then dies with the process.
 * Shorter than the 5 s after which a server kills its own runner.
 */
const farewellMs = 4000

/** A runner at work. */
export class Shift {
  readonly #options: ShiftOptions
  readonly #rounds: Rounds
  readonly #socket: WorkSocket
  /** What is being worked on, and of what type it is. */
  readonly #jobs = new Map<Promise<void>, string>()
  readonly #end = Promise.withResolvers<void>()
  #identity: Identity
  /** True when the server that is connected knows what this runner can do. */
  #isIntroduced = false
  #timesUnknown = 0

  constructor(options: ShiftOptions) {
    this.#options = options
    this.#identity = options.identity
    this.#rounds = createRounds({
      round: () => this.#takeJobs(),
      onFailure: (error) => this.#meetFailure(error),
      onEnd: (error) => this.#end.reject(error),
    })
    this.#socket = openWorkSocket({
      server: options.server,
      log: options.log,
      runnerToken: () => this.#identity.runnerToken,
      onConnect: () => {
        this.#isIntroduced = false
        this.#rounds.ask()
      },
      onJobs: () => this.#rounds.ask(),
      onRefused: () => this.#rounds.ask(),
    })
  }

  /**
   * Takes jobs and works on them until the signal fires; then every job is given back. Returns who
   * the runner was in the end.
   *
   * @throws ReelmillError `unknown_runner_token` when the server forgot a runner that cannot
   * register.
   */
  async run(): Promise<Identity> {
    const { signal } = this.#options
    signal.addEventListener('abort', () => this.#end.resolve(), { once: true })
    if (signal.aborted) this.#end.resolve()
    this.#rounds.ask()
    try {
      await this.#end.promise
    } finally {
      this.#rounds.stop()
      this.#socket.close()
      await this.#awaitJobs()
    }
    return this.#identity
  }

  async #takeJobs(): Promise<void> {
    const { api, self } = this.#options
    const introduction = this.#isIntroduced ? {} : self
    this.#socket.revive()
    await takeJobs({
      api,
      runnerToken: this.#identity.runnerToken,
      question: introduction,
      openTypes: () => this.#openTypes(),
      start: (job) => this.#start(job),
    })
    this.#isIntroduced = true
    this.#timesUnknown = 0
  }

  /** One light job is done beside the others, however many slots there are. */
  #openTypes(): string[] {
    const { works, self, signal } = this.#options
    if (signal.aborted) return []
    const types = [...this.#jobs.values()]
    const light = types.filter((type) => lightJobTypes.has(type)).length
    const hasRoom = (type: string) =>
      lightJobTypes.has(type) ? light === 0 : types.length - light < self.slots
    return Object.keys(works).filter(hasRoom)
  }

  #start(job: AcceptedJob): void {
    const work = async () => {
      await workOnJob(this.#options, job, this.#identity.runnerToken)
      this.#jobs.delete(done)
      this.#rounds.ask()
    }
    const done = work()
    this.#jobs.set(done, job.type)
  }

  async #meetFailure(error: unknown): Promise<void> {
    const { signal, log, readmit } = this.#options
    if (signal.aborted) return
    log.warn({ reason: error instanceof Error ? error.message : error }, 'asking for work failed')
    this.#timesUnknown = isUnknown(error) ? this.#timesUnknown + 1 : 0
    // Once may be a database that was just restored; who registers anew gives its jobs up.
    if (this.#timesUnknown < 2) return
    this.#identity = await readmit()
    this.#timesUnknown = 0
    this.#isIntroduced = false
    this.#rounds.ask()
  }

  async #awaitJobs(): Promise<void> {
    const tooLate = new AbortController()
    const late = wait(farewellMs, 'late', { signal: tooLate.signal }).catch(() => 'in time')
    const outcome = await Promise.race([Promise.all(this.#jobs.keys()), late])
    tooLate.abort()
    if (outcome !== 'late') return
    this.#options.log.warn({ jobs: this.#jobs.size }, 'jobs did not end in time')
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof ReelmillError && error.code === 'unknown_runner_token'
}
