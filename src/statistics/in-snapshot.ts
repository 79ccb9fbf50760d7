import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Reads with one look at the database, so that all figures agree. */
export function inSnapshot<T>(
  database: Kysely<Tables>,
  read: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(read)
}
