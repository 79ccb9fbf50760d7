import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import { type Connection, toDatabaseError } from './connection.ts'
import type { Tables } from './tables.ts'

/** What is told, by topic. */
export interface TopicData {
  /** A job became available, or will `afterMs` from now. */
  readonly jobs: { readonly afterMs?: number }
  /** Jobs ended that may have been in nobody's hands. */
  readonly ended: Readonly<Record<never, never>>
  /** Something about a video changed; null after an outage: about any of them. */
  readonly video: { readonly videoId: string | null }
  /** A hook is to be called. */
  readonly hooks: Readonly<Record<never, never>>
  /** A webhook is to be called. */
  readonly webhooks: Readonly<Record<never, never>>
  /** Somebody wants to go on with this upload: who holds it is to let go. null: of none. */
  readonly upload: { readonly idHash: string | null }
  /** A policy was changed, by whatever program: the database tells it itself. */
  readonly policies: Readonly<Record<never, never>>
}

export type Topic = keyof TopicData

/** What other processes told through the database; notifications are hints, rows are the truth. */
export interface Notifications {
  /**
   * Calls `handler` for everything told about `topic`, and once after every outage, for what was
   * missed. The returned function ends that.
   */
  on: <T extends Topic>(topic: T, handler: (data: TopicData[T]) => void) => () => void
  close: () => Promise<void>
}

type Handler = (data: TopicData[Topic]) => void
type Handlers = Readonly<Record<Topic, Set<Handler>>>

const channel = 'reelmill'
const topics = ['jobs', 'ended', 'video', 'hooks', 'webhooks', 'upload', 'policies'] as const
const missed: { readonly [T in Topic]: TopicData[T] } = {
  jobs: {},
  ended: {},
  video: { videoId: null },
  hooks: {},
  webhooks: {},
  // Who waits says it again.
  upload: { idHash: null },
  policies: {},
}
/** A dead network says nothing: the session is asked this often whether it lives. */
const heartbeatMs = 10_000
const shortestPauseMs = 50
const longestPauseMs = 5_000

/** Tells every process, this one too, when the transaction of `executor` commits. */
export async function notify<T extends Topic>(
  executor: Kysely<Tables>,
  topic: T,
  data: TopicData[T],
): Promise<void> {
  const payload = JSON.stringify({ topic, ...data })
  await sql`select pg_notify(${channel}, ${payload})`.execute(executor)
}

/**
 * Listens with one session of its own, which is made again whenever it breaks.
 *
 * @throws ReelmillError `database_unavailable` when the first connection fails.
 */
export async function listen(connection: Connection, log: Logger): Promise<Notifications> {
  const handlers: Handlers = {
    jobs: new Set(),
    ended: new Set(),
    video: new Set(),
    hooks: new Set(),
    webhooks: new Set(),
    upload: new Set(),
    policies: new Set(),
  }
  const closing = new AbortController()
  const first = await openSession(connection, handlers, log)
  const listening = keepListening({ connection, handlers, log, signal: closing.signal }, first)
  return {
    on: (topic, handler) => {
      // Sound: a topic's handlers are only ever given that topic's data.
      const each = handler as Handler
      handlers[topic].add(each)
      return () => handlers[topic].delete(each)
    },
    close: async () => {
      closing.abort()
      await listening
    },
  }
}

interface Listening {
  readonly connection: Connection
  readonly handlers: Handlers
  readonly log: Logger
  readonly signal: AbortSignal
}

interface Session {
  readonly lost: Promise<void>
  close: () => Promise<void>
}

async function keepListening(listening: Listening, first: Session): Promise<void> {
  const { log, signal } = listening
  const closed = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  let session: Session | null = first
  while (session) {
    await Promise.race([session.lost, closed])
    await session.close()
    if (signal.aborted) return
    log.warn('the session for notifications broke')
    session = await reopen(listening)
    if (session) for (const topic of topics) tell(listening, topic, missed[topic])
  }
}

async function reopen({ connection, handlers, log, signal }: Listening): Promise<Session | null> {
  let pauseMs = shortestPauseMs
  while (!signal.aborted) {
    try {
      return await openSession(connection, handlers, log)
    } catch (error) {
      log.debug({ err: error }, 'cannot listen for notifications yet')
      // Cut short when closing: the loop's condition then ends it.
      await delay(pauseMs, null, { signal }).catch(() => undefined)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
  }
  return null
}

async function openSession(
  connection: Connection,
  handlers: Handlers,
  log: Logger,
): Promise<Session> {
  const options = { application_name: 'reelmill listen', keepAlive: true, query_timeout: 5_000 }
  const client = new pg.Client({ ...connection, ...options })
  const { promise: lost, resolve } = Promise.withResolvers<void>()
  client.on('error', () => resolve())
  client.on('end', () => resolve())
  client.on('notification', ({ payload }) => receive(handlers, payload ?? '', log))
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
  } catch (error) {
    throw toDatabaseError(error)
  }
  const heartbeat = setInterval(() => void client.query('select 1').catch(resolve), heartbeatMs)
  const close = async () => {
    clearInterval(heartbeat)
    // A broken session cannot be ended politely, and need not be.
    await client.end().catch(() => undefined)
  }
  return { lost, close }
}

function receive(handlers: Handlers, payload: string, log: Logger): void {
  try {
    const { topic, ...data } = JSON.parse(payload) as { topic: Topic } & TopicData[Topic]
    // A newer program on the same database may tell of topics that are unknown here.
    if (topic in handlers) tell({ handlers, log }, topic, data)
  } catch (error) {
    log.error({ err: error }, 'a notification could not be read')
  }
}

function tell(
  { handlers, log }: Pick<Listening, 'handlers' | 'log'>,
  topic: Topic,
  data: TopicData[Topic],
): void {
  for (const handler of handlers[topic]) {
    try {
      handler(data)
    } catch (error) {
      log.error({ err: error, topic }, 'a notification could not be handled')
    }
  }
}
