import type { Kysely } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { connect } from './connect.ts'
import { type Connection, toDatabaseError } from './connection.ts'
import { type Envelope, runStepJob, type StepHandler } from './step-run.ts'
import type { Tables } from './tables.ts'

export interface EnqueueOptions {
  /** Seconds from now before which it does not start. */
  readonly startAfterSeconds?: number
  /** Higher first; 0 unless said otherwise. */
  readonly priority?: number
}

export interface WorkOptions {
  /** Runs at once in this process; 1 unless said otherwise. */
  readonly concurrency?: number
  /** Runs that may throw, the last included; 5 unless said otherwise. */
  readonly attempts?: number
}

/** Durable work of the servers: a step that was enqueued is run until a run of it returns. */
export interface StepQueue {
  /** Enqueues in the transaction `tx`: the step exists when that commits, and starts at once. */
  enqueue: (
    tx: Kysely<Tables>,
    step: string,
    data: object,
    options?: EnqueueOptions,
  ) => Promise<void>
  /** This process does such steps from `start` on. */
  work: (step: string, handler: StepHandler, options?: WorkOptions) => Promise<void>
  start: () => Promise<void>
  /** Waits up to `graceSeconds` (10) for the runs in hand; what did not end is done again. */
  stop: (graceSeconds?: number) => Promise<void>
}

/**
 * How soon a dead process's steps are done by another: the heartbeat (10 s is the least that
 * pg-boss takes), plus the time between looks for missing ones, plus that between looks for work.
 */
const heartbeatSeconds = 10
const superviseSeconds = 2
const pollSeconds = 2

/** Of a step that hangs in a living process; packaging a whole day of video is far below. */
const expireSeconds = 6 * 3600
/** Only crashes count here; throws are counted in Envelope. */
const crashLimit = 10_000
const defaultAttempts = 5

/**
 * The step queue of a database, on pg-boss in its schema `pgboss`, which is made when missing.
 * Enqueuing works at once; steps are done after `start`.
 *
 * @throws ReelmillError `database_unavailable`.
 */
export async function openStepQueue(connection: Connection, log: Logger): Promise<StepQueue> {
  const boss = await startBoss(connection, log)
  const own = connect(connection, log, { sessions: 2 })
  const queues = new Map<string, Promise<void>>()
  const works: (() => Promise<unknown>)[] = []

  const ensureQueue = async (step: string): Promise<void> => {
    const made = queues.get(step) ?? createQueue(boss, step)
    queues.set(step, made)
    try {
      await made
    } catch (error) {
      // The next caller tries again.
      queues.delete(step)
      throw toDatabaseError(error)
    }
  }

  const work: StepQueue['work'] = async (step, handler, options = {}) => {
    await ensureQueue(step)
    const { concurrency = 1, attempts = defaultAttempts } = options
    const running = { boss, database: own.database, log, attempts }
    const bossOptions = {
      localConcurrency: concurrency,
      pollingIntervalSeconds: pollSeconds,
      notifyPollingIntervalSeconds: pollSeconds,
    }
    works.push(() =>
      boss.work<Envelope>(step, bossOptions, async ([job]) => {
        if (job) await runStepJob(running, job, handler)
      }),
    )
  }

  const enqueue: StepQueue['enqueue'] = async (tx, step, data, options = {}) => {
    await ensureQueue(step)
    const { startAfterSeconds: startAfter = 0, priority = 0 } = options
    const envelope: Envelope = { data, failures: 0 }
    await boss.send(step, envelope, { db: fromKysely(tx), startAfter, priority })
  }

  return {
    enqueue,
    work,
    start: async () => {
      await Promise.all(works.map((begin) => begin()))
    },
    stop: async (graceSeconds = 10) => {
      await boss.stop({ graceful: true, timeout: graceSeconds * 1000 })
      await own.close()
    },
  }
}

async function startBoss(connection: Connection, log: Logger): Promise<PgBoss> {
  const boss = new PgBoss({
    ...connection,
    application_name: 'reelmill steps',
    max: 4,
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  })
  // The error itself is not logged, for that of a broken session holds the whole session.
  boss.on('error', (error) => log.warn({ reason: error.message }, 'the step queue had an error'))
  boss.on('warning', (warning) => log.debug({ warning }, 'the step queue warns'))
  try {
    await boss.start()
  } catch (error) {
    throw toDatabaseError(error)
  }
  return boss
}

function createQueue(boss: PgBoss, step: string): Promise<void> {
  return boss.createQueue(step, {
    notify: true,
    heartbeatSeconds,
    expireInSeconds: expireSeconds,
    retryLimit: crashLimit,
    retryDelay: 0,
    deleteAfterSeconds: 24 * 3600,
    retentionSeconds: 365 * 24 * 3600,
  })
}
