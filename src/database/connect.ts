import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from '#config/config.ts'
import { type Connection, columnTypes, toDatabaseError } from './connection.ts'
import { startEmbedded } from './embedded.ts'
import type { Tables } from './tables.ts'

/** A process's way to the database. */
export interface OpenDatabase {
  readonly database: Kysely<Tables>
  /** For those who need a session of their own: listening, the step queue. */
  readonly connection: Connection
  /** Ends the sessions, and the embedded server when this process is its last user. */
  close: () => Promise<void>
}

interface Options {
  /** Sessions at most; 10 unless said otherwise. */
  readonly sessions?: number
  /** False for an embedded database that is thrown away afterwards. */
  readonly durable?: boolean
  /** True when idle sessions do not keep the process running. */
  readonly exits?: boolean
}

/**
 * Opens the database of the settings: that of `databaseUrl`, else the embedded one of `dataDir`,
 * which is started when it does not run. The schema is not touched: see migrate.ts.
 *
 * @throws ReelmillError `database_unavailable`; so does every query whose connection fails.
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Logger,
  options: Options = {},
): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) {
    return connect({ connectionString: config.databaseUrl }, log, options)
  }
  const { dataDir } = config
  const embedded = await startEmbedded({ dataDir, log, durable: options.durable ?? true })
  const opened = connect(embedded.connection, log, options)
  const close = async () => {
    await opened.close()
    await embedded.stop()
  }
  return { ...opened, close }
}

/** A pool of sessions to a server that runs. Nothing is connected before the first query. */
export function connect(connection: Connection, log: Logger, options: Options = {}): OpenDatabase {
  const pool = new pg.Pool({
    ...connection,
    application_name: 'reelmill',
    max: options.sessions ?? 10,
    types: columnTypes,
    connectionTimeoutMillis: 10_000,
    allowExitOnIdle: options.exits ?? false,
  })
  // A session that breaks is reported by whoever uses it; the pool makes another. The error itself
  // is not logged, for it holds the whole session.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ reason: error.message }, 'an idle database session broke')
  })
  pool.on('connect', (client) => client.on('error', () => undefined))
  const dialect = new PostgresDialect({
    pool: {
      options: pool.options,
      connect: () => pool.connect().then(guard, rethrow),
      end: () => pool.end(),
    },
  })
  const database = new Kysely<Tables>({ dialect })
  return { database, connection, close: () => database.destroy() }
}

/**
 * The session, with failures of the connection told as `database_unavailable`. After one it is not
 * given to the next user, though its end may not have been noticed yet.
 */
function guard(client: pg.PoolClient): PostgresPoolClient {
  let broken = false
  const query = async (text: string, parameters: readonly unknown[]) => {
    try {
      return await client.query(text, [...parameters])
    } catch (error) {
      const told = toDatabaseError(error)
      broken ||= told !== error
      throw told
    }
  }
  return {
    // Sound: rows have the type that the caller's query has; cursors are not used.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy = false) => client.release(destroy || broken),
  }
}

function rethrow(error: unknown): never {
  throw toDatabaseError(error)
}
