import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

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
  readonly ip: string | null
  readonly lastContactAt: Date
  readonly createdAt: Date
}

/** All runners, the one heard of last first. */
export async function listRunners(database: Kysely<Tables>): Promise<RunnerView[]> {
  return database
    .selectFrom('runners')
    .select([
      'id',
      'name',
      'description',
      'local',
      'version',
      'encoders',
      'slots',
      'ip',
      'last_contact_at as lastContactAt',
      'created_at as createdAt',
      sql<number>`(select count(*)::int from jobs
                    where runner_id = runners.id and state = 'processing')`.as('jobs'),
    ])
    .orderBy('last_contact_at', 'desc')
    .execute()
}
