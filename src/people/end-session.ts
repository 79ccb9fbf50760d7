import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { hashSecret } from './key-secret.ts'

/** Ends a session, given by its token; one that is gone already stays so. */
export async function endSession(database: Kysely<Tables>, token: string): Promise<void> {
  await database.deleteFrom('sessions').where('token_hash', '=', hashSecret(token)).execute()
}
