import type { Kysely } from 'kysely'
import { fromKysely, type Job, type PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Tables } from './tables.ts'

/** What a step is told about the run that it is in. */
export interface Attempt {
  /** 1 at first, one more after each run that threw. */
  readonly number: number
  /**
   * True from the last attempt on: the handler records the failure itself and returns. A throw is
   * still not the end, for nothing may be lost: the step comes again, with this true.
   */
  readonly last: boolean
  /** Runs that ended without a word: the process died, or lost the database for long. */
  readonly crashes: number
  /** Aborted when the run was given to another process, or this one stops. */
  readonly signal: AbortSignal
}

/** Does one step; `data` is what was enqueued. May run again after a crash: see Attempt. */
export type StepHandler = (data: unknown, attempt: Attempt) => Promise<void>

/** What a pg-boss job of a step holds. */
export interface Envelope {
  readonly data: object
  /** Runs that threw. pg-boss's own count would count deaths of the process too. */
  readonly failures: number
}

interface Running {
  readonly boss: PgBoss
  readonly database: Kysely<Tables>
  readonly log: Logger
  /** Runs that may throw before `last` is true. */
  readonly attempts: number
}

const longestBackoffSeconds = 60

/**
 * One run of a step. A throw ends this job and enqueues the next attempt in one transaction; when
 * not even that can be written, pg-boss notices the missing end and counts a crash.
 */
export async function runStepJob(
  { boss, database, log, attempts }: Running,
  job: Job<Envelope>,
  handler: StepHandler,
): Promise<void> {
  const { data, failures } = job.data
  const number = failures + 1
  const last = number >= attempts
  const { name: step, retryCount: crashes, signal } = job
  try {
    await handler(data, { number, last, crashes, signal })
  } catch (error) {
    // Stopping, or another process has it: not an attempt of the step.
    if (signal.aborted) throw error
    log.warn({ err: error, step, data, attempt: number, last }, 'a step failed')
    await database.transaction().execute(async (tx) => {
      const db = fromKysely(tx)
      await boss.complete(step, job, undefined, { db })
      const startAfter = Math.min(2 ** (number - 1), longestBackoffSeconds)
      await boss.send(step, { data, failures: number }, { db, startAfter })
    })
  }
}
