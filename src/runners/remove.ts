import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * Deletes a runner's row; false when there was none. Its jobs lose their runner: release them first.
 */
export async function removeRunner(database: Kysely<Tables>, runnerId: number): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('runners')
    .where('id', '=', runnerId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
