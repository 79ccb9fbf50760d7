import type { Kysely } from 'kysely'
import type { PolicyKey } from '#database/policy-tables.ts'
import type { Tables } from '#database/tables.ts'
import { readTruth } from './parse-value.ts'
import { defaultPolicies, type Policies, type PolicyDefaults, policyKinds } from './policy.ts'

/**
 * What all policies say at this moment. Nothing is remembered: seven rows are read in the time of a
 * round trip, and so a change counts from the very moment in which it is made, in every server.
 */
export async function readPolicies(
  database: Kysely<Tables>,
  defaults: PolicyDefaults,
): Promise<Policies> {
  const rows = await database.selectFrom('policies').select(['key', 'value']).execute()
  const said = rows.flatMap(({ key, value }) => {
    const meant = value === null ? null : toMeaning(key, value)
    return meant === null ? [] : [[key, meant] as const]
  })
  // Sound: a check of the database lets each key have a value of its kind only.
  return { ...defaultPolicies(defaults), ...Object.fromEntries(said) }
}

/** A kept value as what it means. */
export function toMeaning(key: PolicyKey, value: string): boolean | number | null {
  return policyKinds[key].kind === 'switch' ? readTruth(value) : Number(value)
}
