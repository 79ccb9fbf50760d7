import { type Kysely, sql } from 'kysely'
import type { PolicyKey } from '#database/policy-tables.ts'
import type { Tables } from '#database/tables.ts'
import { type PolicyInput, parsePolicy } from './parse-value.ts'

/** New values by key; null: the default again. */
export type PolicyChanges = { readonly [Key in PolicyKey]?: PolicyInput | undefined }

/**
 * Changes policies, all or none. The database itself notes who and when, and tells every server.
 *
 * @param actor - who does it, for people.
 * @throws ReelmillError `policy_invalid`: then nothing has changed.
 */
export async function setPolicies(
  database: Kysely<Tables>,
  changes: PolicyChanges,
  actor: string,
): Promise<void> {
  const values = Object.entries(changes).flatMap(([key, input]) =>
    input === undefined ? [] : [{ key: key as PolicyKey, input }],
  )
  const parsed = values.map(({ key, input }) => ({ key, value: parsePolicy(key, input) }))
  if (parsed.length === 0) return
  await database.transaction().execute(async (tx) => {
    await sql`select set_config('reelmill.actor', ${actor}, true)`.execute(tx)
    for (const { key, value } of parsed.toSorted((a, b) => a.key.localeCompare(b.key))) {
      await tx.updateTable('policies').set({ value }).where('key', '=', key).execute()
    }
  })
}
