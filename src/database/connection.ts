import pg from 'pg'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** How to reach a database: a URL, or the parts of an embedded one. Never printed. */
export type Connection =
  | { readonly connectionString: string }
  | {
      /** Folder of the unix socket. */
      readonly host: string
      readonly port: number
      readonly user: string
      readonly database: string
    }

/** Bigints are numbers here: ids, byte counts and ticks stay far below 2^53. */
const int8 = 20

/** Parsers of column types, for `pg`: as its own, but bigint is a number. */
export const columnTypes: pg.CustomTypesConfig = {
  // pg.types.getTypeParser is overloaded by format; text is the only one that is asked for.
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === int8 ? Number : pg.types.getTypeParser(type, format as 'text'),
}

/** Connection errors of the system, as Node names them. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
])

/**
 * SQLSTATEs that say that the server goes or is gone: class 08, administrator's shutdown, crash,
 * starting up, too many connections. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const goneStates = /^(08...|57P0[1-5]|53300)$/

/**
 * The error as `database_unavailable` when it tells that the connection failed or broke; any other
 * error as it is.
 */
export function toDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const broken = /^Connection terminated|timeout exceeded when trying to connect|not queryable/
  if (!networkCodes.has(code) && !goneStates.test(code) && !broken.test(error.message)) return error
  return new ReelmillError('database_unavailable', undefined, { cause: error })
}
