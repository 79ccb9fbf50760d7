import { type RawBuilder, sql } from 'kysely'

/**
 * In the `returning` of a statement: its transaction is on disk up to 0.6 s after it is answered,
 * instead of before. Others see it at once, and it never comes after what is committed later; only a
 * crash of the database may forget it. For what then mends itself: nobody waits 2 to 10 ms for a disk.
 */
export const commitLate: RawBuilder<string> = sql<string>`set_config('synchronous_commit', 'off', true)`
