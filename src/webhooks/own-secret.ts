import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { mintSecret } from './signing-keys.ts'

const name = 'webhooks'

/**
 * What calls of the videos' own addresses are signed with: WEBHOOK_SECRET, or a secret that the first
 * server makes and keeps in the database.
 */
export async function readOwnSecret(
  database: Kysely<Tables>,
  fromSettings: string | null,
): Promise<string> {
  if (fromSettings !== null) return fromSettings
  const find = () =>
    database.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirst()
  const found = await find()
  if (found) return found.value
  await database
    .insertInto('secrets')
    .values({ name, value: mintSecret('hmac') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await find())?.value ?? readOwnSecret(database, fromSettings)
}
