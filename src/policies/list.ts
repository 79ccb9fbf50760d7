import { type Kysely, sql } from 'kysely'
import type { PolicyKey } from '#database/policy-tables.ts'
import type { Tables } from '#database/tables.ts'
import { defaultPolicies, type PolicyDefaults, policyKeys, policyKinds } from './policy.ts'
import { readPolicies } from './read.ts'

/** What waits because of a policy. */
export interface Waiting {
  readonly what: 'videos' | 'jobs'
  /** More than 0. */
  readonly count: number
}

/** A policy as people see it. */
export interface PolicyView {
  readonly key: PolicyKey
  readonly kind: 'switch' | 'number'
  readonly value: boolean | number
  readonly default: boolean | number
  /** Of a number. */
  readonly unit: string | null
  /** The largest number that is taken. */
  readonly most: number | null
  /** A sentence. */
  readonly meaning: string
  /** What it holds back now; null: nothing. */
  readonly waiting: Waiting | null
  /** null: nobody has changed it yet. */
  readonly updatedBy: string | null
  readonly updatedAt: Date
}

/** All policies, in their order, with what they hold back now. */
export async function listPolicies(
  database: Kysely<Tables>,
  defaults: PolicyDefaults,
): Promise<PolicyView[]> {
  const [rows, values, waiting] = await Promise.all([
    database.selectFrom('policies').selectAll().execute(),
    readPolicies(database, defaults),
    countWaiting(database),
  ])
  const initial = defaultPolicies(defaults)
  return policyKeys.flatMap((key) => {
    const row = rows.find((each) => each.key === key)
    if (!row) return []
    const kind = policyKinds[key]
    const isJobGate =
      key === 'transcodeEnabled' ? !values[key] : key === 'terminateAll' && values[key]
    return {
      key,
      kind: kind.kind,
      value: values[key],
      default: initial[key],
      unit: kind.kind === 'number' ? kind.unit : null,
      most: kind.kind === 'number' ? kind.most : null,
      meaning: row.meaning,
      waiting: isJobGate
        ? describeWaiting('jobs', waiting.jobs)
        : describeWaiting('videos', waiting.videos.get(key) ?? 0),
      updatedBy: row.updated_by,
      updatedAt: row.updated_at,
    }
  })
}

function describeWaiting(what: Waiting['what'], count: number): Waiting | null {
  return count > 0 ? { what, count } : null
}

async function countWaiting(database: Kysely<Tables>) {
  const [{ rows }, { jobs }] = await Promise.all([
    sql<{ key: string; videos: number }>`
      select held_by as key, count(*)::int as videos from versions
       where held_by is not null group by held_by`.execute(database),
    database
      .selectFrom('jobs')
      .select(sql<number>`count(*)::int`.as('jobs'))
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow(),
  ])
  return { jobs, videos: new Map(rows.map(({ key, videos }) => [key, videos])) }
}
