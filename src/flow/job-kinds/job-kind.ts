import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { JobRow } from '#jobs/job.ts'
import type { StagedResult } from '#jobs/result.ts'
import type { Parts } from '../parts.ts'
import type { Version } from '../version.ts'

/** A result that waits to be looked at. */
export interface Completion {
  readonly job: JobRow
  readonly version: Version
  readonly result: StagedResult
  /** An empty folder for this run alone. */
  readonly scratch: string
  readonly signal: AbortSignal
}

/** Writes what became true of a result; called in the transaction that completes the job. */
export type Settlement = (tx: Transaction<Tables>) => Promise<void>

/**
 * What the server does with a type of job whose result is whole files: one file in this folder for
 * each type, and a line in job-kinds.ts.
 */
export interface JobKind {
  /** Files that success must bring, by their names in `payload[…]` (runner protocol 2.9). */
  readonly files: readonly string[]
  /** Texts that it must bring. */
  readonly fields: readonly string[]
  /**
   * Checks a result and puts its files where they belong. It may be cut off anywhere and run again,
   * by another server too. A `ReelmillError` whose blame is the runner's sends the job to others; any
   * other means that storing failed, and is tried again without a new encode (U132).
   */
  readonly complete: (parts: Parts, completion: Completion) => Promise<Settlement>
}
