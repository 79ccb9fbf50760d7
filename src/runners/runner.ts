import type { Selectable } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** A row of `runners`. */
export type RunnerRow = Selectable<Tables['runners']>

/** What a runner says of itself when it registers; only the name is part of every dialect. */
export interface RunnerDescription {
  /** Unique on this server. */
  readonly name: string
  readonly description?: string | undefined
  /** Semantic version of its program. */
  readonly version?: string | undefined
  /** ffmpeg's names of the encoders that it has; absent for runners that do not tell. */
  readonly encoders?: readonly string[] | undefined
  /** Jobs that it does at once. */
  readonly slots?: number | undefined
  /** Its name is good for one run: see remove-silent-runners.ts. */
  readonly temporary?: boolean | undefined
}
