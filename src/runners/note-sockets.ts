import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * Notes that this process holds sockets of these runners: to be called when one connects, and for
 * all of them every 30 s. Nothing is noted when one goes, for another process may hold another
 * socket of the same runner; a note grows old by itself (presence.ts).
 */
export async function noteSockets(
  database: Kysely<Tables>,
  runnerIds: readonly number[],
): Promise<void> {
  if (runnerIds.length === 0) return
  await database
    .updateTable('runners')
    .set({ socket_seen_at: sql`now()` })
    .where('id', '=', sql<number>`any(${runnerIds})`)
    .execute()
}
