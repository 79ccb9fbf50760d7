import { sql } from 'kysely'
import { sweepHooks } from '#hooks/register.ts'
import { sweepDeliveries } from '#webhooks/sweep-deliveries.ts'
import type { Parts } from './parts.ts'

/** What happened is told for so long; videos, jobs and runners themselves stay. */
const keptDays = 30
/** Who changed policies is looked up when something is found out late. */
const keptChangesDays = 365
/** A local runner's name holds its server's host and port, so a server that moved leaves rows. */
const abandonedLocalRunnerDays = 7

const olderThan = (days: number) => sql<Date>`now() - make_interval(days => ${days})`

/**
 * Removes rows that nobody will ask for: old events, failures, notifications and calls of
 * hooks, and runners of servers long gone. That a video was here and is deleted stays: by this the
 * sweep of the storage knows its folders from those of others.
 */
export async function sweepRecords({
  database,
  log,
}: Pick<Parts, 'database' | 'log'>): Promise<void> {
  await database
    .deleteFrom('events')
    .where('created_at', '<', olderThan(keptDays))
    .where('type', '<>', 'video.deleted')
    .execute()
  await database.deleteFrom('job_failures').where('created_at', '<', olderThan(keptDays)).execute()
  await database
    .deleteFrom('notifications')
    .where('received_at', '<', olderThan(keptDays))
    .execute()
  await database
    .deleteFrom('policy_changes')
    .where('changed_at', '<', olderThan(keptChangesDays))
    .execute()
  await sweepHooks(database, keptDays)
  await sweepDeliveries(database, keptDays)
  const gone = await database
    .deleteFrom('runners')
    .where('local', '=', true)
    .where('last_contact_at', '<', olderThan(abandonedLocalRunnerDays))
    .where(
      sql<boolean>`not exists (select 1 from jobs where jobs.runner_id = runners.id
                                and jobs.state in ('processing', 'completing'))`,
    )
    .returning('name')
    .execute()
  if (gone.length > 0) {
    log.info(
      { runners: gone.map(({ name }) => name) },
      'removed local runners of servers long gone',
    )
  }
}
