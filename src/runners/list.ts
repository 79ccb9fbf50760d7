import { type Kysely, sql } from 'kysely'
import type { RunnerState, Tables } from '#database/tables.ts'
import { isOnline } from './presence.ts'

/** A runner as people see it; its token is never shown. */
export interface RunnerView {
  readonly id: number
  readonly name: string
  readonly description: string | null
  readonly local: boolean
  readonly version: string | null
  readonly encoders: readonly string[] | null
  readonly slots: number
  /** Jobs in its hands now. */
  readonly jobs: number
  readonly state: RunnerState
  /** Why it is in that state, for people. */
  readonly stateReason: string | null
  readonly stateSince: Date
  /** While it is set aside: from when on it gets one job as a trial. */
  readonly trialAt: Date | null
  /** It called lately, or has a socket open: see presence.ts. */
  readonly online: boolean
  readonly ip: string | null
  readonly lastContactAt: Date
  readonly createdAt: Date
  readonly updatedAt: Date
}

interface Page {
  readonly offset?: number
  readonly limit: number
  readonly oldestFirst?: boolean
  /** A part of the name. */
  readonly search?: string | undefined
}

/** Runners, the newest first unless said otherwise, with how many there are in all. */
export async function listRunners(
  database: Kysely<Tables>,
  { offset = 0, limit, oldestFirst = false, search = '' }: Page,
): Promise<{ total: number; runners: RunnerView[] }> {
  const direction = oldestFirst ? 'asc' : 'desc'
  const part = `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const { total } = await database
    .selectFrom('runners')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('name', 'ilike', part)
    .executeTakeFirstOrThrow()
  const runners = await selectViews(database)
    .where('name', 'ilike', part)
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .offset(offset)
    .limit(limit)
    .execute()
  return { total, runners }
}

/** One runner as people see it; null when there is none. */
export async function getRunner(database: Kysely<Tables>, id: number): Promise<RunnerView | null> {
  const runner = await selectViews(database).where('id', '=', id).executeTakeFirst()
  return runner ?? null
}

function selectViews(database: Kysely<Tables>) {
  return database.selectFrom('runners').select([
    'id',
    'name',
    'description',
    'local',
    'version',
    'encoders',
    'slots',
    'state',
    'state_reason as stateReason',
    'state_since as stateSince',
    'trial_at as trialAt',
    isOnline.as('online'),
    'ip',
    'last_contact_at as lastContactAt',
    'created_at as createdAt',
    'updated_at as updatedAt',
    sql<number>`(select count(*)::int from jobs
                    where runner_id = runners.id and state in ('processing', 'completing'))`.as(
      'jobs',
    ),
  ])
}
