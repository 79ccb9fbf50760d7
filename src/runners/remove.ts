import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Deletes a runner's row. Its jobs lose their runner: release them first, in the same transaction. */
export async function removeRunner(database: Kysely<Tables>, runnerId: number): Promise<void> {
  await database.deleteFrom('runners').where('id', '=', runnerId).execute()
}
