import { setTimeout as wait } from 'node:timers/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Identity } from './admit.ts'
import type { AcceptedJob } from './answers.ts'
import type { SelfDescription } from './api.ts'
import { type Workshop, workOnJob } from './held-job.ts'
import { takeJobs } from './job-taker.ts'
import { createRounds, type Rounds } from './rounds.ts'
import type { Hold, Seat, Slots } from './slots.ts'
import { openWorkSocket, type WorkSocket } from './socket.ts'

/** All that a runner needs between being admitted by a server and being stopped. */
export interface ShiftOptions extends Workshop {
  readonly self: SelfDescription
  /** The runner's room for jobs, which other servers may share. */
  readonly slots: Slots
  /** Every type of job that is asked for. */
  readonly jobTypes: readonly string[]
  /** Fires when no more jobs are to be taken: the shift ends with the last one that it has. */
  readonly drain?: AbortSignal | undefined
  readonly identity: Identity
  /** A new identity where the server does not know the runner any more. */
  readonly readmit: () => Promise<Identity>
}

/**
 * How long jobs get to end when the runner stops; what is still there then dies with the process.
 * Shorter than the 5 s after which a server kills its own runner.
 */
const farewellMs = 4000

/** A server that takes longer for a round than this is not waited for by the others. */
const slowRoundMs = 2000

/** A runner at work for one server. */
export class Shift {
  readonly #options: ShiftOptions
  readonly #rounds: Rounds
  readonly #socket: WorkSocket
  readonly #seat: Seat
  readonly #jobs = new Set<Promise<void>>()
  /** Fires when its owner drains the runner, or the server says that it is to end. */
  readonly #drain: AbortSignal
  readonly #dismissal = new AbortController()
  readonly #end = Promise.withResolvers<void>()
  #identity: Identity
  /** True when the server that is connected knows what this runner can do. */
  #isIntroduced = false
  /** True while a job may be accepted that has not begun. */
  #isTaking = false
  #timesUnknown = 0

  constructor(options: ShiftOptions) {
    this.#options = options
    const { drain } = options
    const { signal: dismissal } = this.#dismissal
    this.#drain = drain ? AbortSignal.any([drain, dismissal]) : dismissal
    this.#identity = options.identity
    this.#seat = options.slots.join(() => this.#rounds.ask())
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
    this.#drain.addEventListener('abort', () => this.#finish(), { once: true })
    if (this.#drain.aborted) this.#finish()
    this.#rounds.ask()
    try {
      await this.#end.promise
    } finally {
      this.#rounds.stop()
      this.#seat.leave()
      this.#socket.close()
      await this.#awaitJobs()
    }
    return this.#identity
  }

  async #takeJobs(): Promise<void> {
    const { api, jobTypes, signal, log } = this.#options
    const seat = this.#seat
    const isClosed = () => signal.aborted || this.#drain.aborted
    const slow = setTimeout(() => seat.rest(), slowRoundMs)
    this.#socket.revive()
    this.#isTaking = true
    try {
      const outcome = await takeJobs({
        api,
        runnerToken: this.#identity.runnerToken,
        introduce: () => this.#introduce(),
        types: jobTypes,
        seat: {
          open: (types) => (isClosed() ? [] : seat.open(types)),
          take: (type) => (isClosed() ? null : seat.take(type)),
        },
        start: (job, hold) => this.#start(job, hold),
      })
      if (outcome === 'over') {
        log.info('the server says that its runners are to end')
        this.#dismissal.abort()
      } else if (outcome === 'full') seat.wait()
      else seat.rest()
    } finally {
      clearTimeout(slow)
      this.#isTaking = false
      if (this.#drain.aborted) this.#finish()
    }
    this.#timesUnknown = 0
  }

  #introduce(): SelfDescription {
    const said = this.#isIntroduced ? {} : this.#options.self
    this.#isIntroduced = true
    return said
  }

  #start(job: AcceptedJob, hold: Hold): void {
    const work = async () => {
      await workOnJob(this.#options, job, this.#identity.runnerToken)
      this.#jobs.delete(done)
      hold.giveBack()
      if (this.#drain.aborted) this.#finish()
      else this.#rounds.ask()
    }
    const done = work()
    this.#jobs.add(done)
  }

  /** Takes nothing more, and ends when nothing is left to be done. */
  #finish(): void {
    this.#rounds.stop()
    this.#seat.rest()
    if (this.#jobs.size === 0 && !this.#isTaking) this.#end.resolve()
  }

  async #meetFailure(error: unknown): Promise<void> {
    const { signal, log, readmit } = this.#options
    this.#seat.rest()
    this.#isIntroduced = false
    if (signal.aborted) return
    log.warn({ reason: error instanceof Error ? error.message : error }, 'asking for work failed')
    this.#timesUnknown = isUnknown(error) ? this.#timesUnknown + 1 : 0
    // Once may be a database that was just restored; who registers anew gives its jobs up.
    if (this.#timesUnknown < 2) return
    this.#identity = await readmit()
    this.#timesUnknown = 0
    this.#rounds.ask()
  }

  async #awaitJobs(): Promise<void> {
    const tooLate = new AbortController()
    const late = wait(farewellMs, 'late', { signal: tooLate.signal }).catch(() => 'in time')
    const outcome = await Promise.race([Promise.all(this.#jobs), late])
    tooLate.abort()
    if (outcome !== 'late') return
    this.#options.log.warn({ jobs: this.#jobs.size }, 'jobs did not end in time')
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof ReelmillError && error.code === 'unknown_runner_token'
}
