import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Move } from './advance.ts'
import type { Parts } from './parts.ts'
import type { Version } from './version.ts'

/** What a step found: all of it is written together with the next state. */
export interface StepResult extends Pick<Move, 'media' | 'plan' | 'readableKey' | 'jobs'> {
  /** More that must be true exactly when the version has moved on. */
  readonly also?: (tx: Transaction<Tables>) => Promise<void>
}

/**
 * The server's work in one state. It may be cut off anywhere and run again, by another server too:
 * whatever it writes outside its result it must be able to write again.
 */
export type Step = (parts: Parts, version: Version, signal: AbortSignal) => Promise<StepResult>
