import { sql } from 'kysely'
import { readPolicies } from '#policies/read.ts'
import type { Parts } from '../parts.ts'

/**
 * Who lives says so at least this often: it asks every 38 s, and that is noted every 30 s at most; or
 * a server notes its socket every 30 s. A shorter nodeTimeout would remove runners that are there.
 */
const leastSeconds = 75

/**
 * Removes the runners of one run that have been silent for nodeTimeout (P-34). One that holds a job
 * stays until its lease is over and the job is in other hands; it may be busy (WP2). So does every
 * runner that has an account: PeerTube's would forget its server, and ours might have no token with
 * which to register again.
 *
 * @param patientUntil - before then runners may not have found back to a server that was away.
 */
export async function removeSilentRunners(parts: Parts, patientUntil: Date): Promise<void> {
  if (patientUntil > new Date()) return
  const { nodeTimeout } = await readPolicies(parts.database, parts.config)
  if (nodeTimeout === 0) return
  const seconds = Math.max(nodeTimeout, leastSeconds)
  const gone = await parts.database
    .deleteFrom('runners')
    .where('temporary', '=', true)
    .where(
      sql<Date>`greatest(last_contact_at, socket_seen_at)`,
      '<',
      sql<Date>`now() - make_interval(secs => ${seconds})`,
    )
    .where(
      sql<boolean>`not exists (select from jobs where jobs.runner_id = runners.id
                                and jobs.state in ('processing', 'completing'))`,
    )
    .returning('name')
    .execute()
  if (gone.length === 0) return
  const runners = gone.map(({ name }) => name)
  parts.log.info({ runners, silentSeconds: seconds }, 'removed runners that fell silent')
}
