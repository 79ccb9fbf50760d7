import type { Kysely } from 'kysely'
import type { PolicyKey } from '#database/policy-tables.ts'
import type { Tables } from '#database/tables.ts'
import { toMeaning } from './read.ts'

/** A change of a policy, by whatever way it was made. */
export interface PolicyChange {
  readonly id: number
  readonly key: PolicyKey
  /** null: the default. */
  readonly from: boolean | number | null
  readonly to: boolean | number | null
  /** For people. */
  readonly by: string
  readonly at: Date
}

/** The latest changes, the newest first. */
export async function listPolicyChanges(
  database: Kysely<Tables>,
  limit: number,
): Promise<PolicyChange[]> {
  const rows = await database
    .selectFrom('policy_changes')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id, key, old_value, new_value, changed_by, changed_at }) => ({
    id,
    key,
    from: old_value === null ? null : toMeaning(key, old_value),
    to: new_value === null ? null : toMeaning(key, new_value),
    by: changed_by,
    at: changed_at,
  }))
}
