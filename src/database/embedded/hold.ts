import pg from 'pg'
import type { Connection } from '../connection.ts'

/** Any number that nobody else uses: "held by a Reelmill process". */
const holdKey = 0x7265656c

/** A process's hold on a running server: while any process has one, nobody stops the server. */
export interface Hold {
  /** Resolves when the hold is lost: the server went away, or `release` was called. */
  readonly lost: Promise<void>
  /** True when no other process has a hold: then none can get one before the server is gone. */
  isLast: () => Promise<boolean>
  release: () => Promise<void>
}

/**
 * Takes a hold on the server at `connection`: a session that keeps a shared advisory lock. The
 * server itself gives the lock back when the process dies, however it dies, so holds never go
 * stale.
 *
 * @throws what `pg` throws when there is no server, or when it is being stopped.
 */
export async function takeHold(connection: Connection): Promise<Hold> {
  // Sound: pg has ref and unref, its types have not.
  const client = new pg.Client({
    ...connection,
    application_name: 'reelmill hold',
  }) as pg.Client & { ref: () => void; unref: () => void }
  const { promise: lost, resolve } = Promise.withResolvers<void>()
  // A broken session ends as well: one place deals with both.
  client.on('error', () => resolve())
  client.on('end', () => resolve())
  await client.connect()
  try {
    await client.query('select pg_advisory_lock_shared($1)', [holdKey])
  } catch (error) {
    await client.end()
    throw error
  }
  // A hold keeps the server, not this process.
  client.unref()
  return {
    lost,
    isLast: async () => {
      client.ref()
      const { rows } = await client.query<{ last: boolean }>(
        'select pg_try_advisory_lock($1) as last',
        [holdKey],
      )
      return rows[0]?.last === true
    },
    release: () => client.end(),
  }
}
