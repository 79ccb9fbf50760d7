import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** `records`: what every server does each minute; `storage`: the look for orphans. */
export type SweepKind = 'records' | 'storage'

/** The last run of a kind of cleaning. */
export interface SweepNote {
  readonly finishedAt: string
  /** null: all went well. */
  readonly error: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

/** Keeps what became of a run, in place of the one before. */
export async function noteSweep(
  database: Kysely<Tables>,
  kind: SweepKind,
  { error = null, facts = {} }: { error?: string | null; facts?: object } = {},
): Promise<void> {
  const noted = { error, facts: JSON.stringify(facts), finished_at: sql<Date>`now()` }
  await database
    .insertInto('sweeps')
    .values({ kind, ...noted })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet(noted))
    .execute()
}

/** The last run of a kind; null before the first. */
export async function readSweep(
  database: Kysely<Tables>,
  kind: SweepKind,
): Promise<SweepNote | null> {
  const row = await database
    .selectFrom('sweeps')
    .selectAll()
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (!row) return null
  return { finishedAt: row.finished_at.toISOString(), error: row.error, facts: row.facts }
}
