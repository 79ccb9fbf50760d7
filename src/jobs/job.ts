import type { Selectable } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** A row of `jobs`. */
export type JobRow = Selectable<Tables['jobs']>

/**
 * What a runner must show to touch a job: all three are compared in one statement, so that nobody
 * else's job, and no job of before, is ever reached (runner protocol 1.4; WD1).
 */
export interface JobCredentials {
  readonly uuid: string
  readonly jobToken: string
  readonly runnerToken: string
}
