import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { forgetRunner } from '#jobs/forget-runner.ts'
import { releaseJobs } from '#jobs/release.ts'
import { releaseOrphans } from '#jobs/release-orphans.ts'
import { findRunner } from '#runners/find.ts'
import { admitLocalRunner, type LocalRunner } from '#runners/local.ts'
import { removeRunner } from '#runners/remove.ts'
import { loseJobs } from './lose-jobs.ts'
import type { Parts } from './parts.ts'

/**
 * A runner leaves for good: its jobs are offered to others at once, then its row goes (runner
 * protocol 1.3, call 2; D-51).
 *
 * @throws ReelmillError `unknown_runner_token`.
 */
export async function unregisterRunner(parts: Parts, runnerToken: string): Promise<void> {
  const { id } = await findRunner(parts.database, runnerToken)
  await release(parts.database, id)
}

/**
 * An operator removes a runner: what it held is offered to others at once (runner protocol 1.3, call
 * 4). It is told so by `unknown_runner_token` to its next call.
 *
 * @throws ReelmillError `runner_not_found`.
 */
export async function dismissRunner(parts: Pick<Parts, 'database'>, id: number): Promise<void> {
  if (!(await release(parts.database, id))) throw new ReelmillError('runner_not_found')
}

/** False when there was no such runner. */
async function release(database: Kysely<Tables>, id: number): Promise<boolean> {
  await releaseJobs(database, id)
  await forgetRunner(database, id)
  return database.transaction().execute(async (tx) => {
    const isRemoved = await removeRunner(tx, id)
    await releaseOrphans(tx)
    return isRemoved
  })
}

/**
 * The server is about to start a runner of its own under this name: whoever had the name before is
 * locked out by a new token, and what it held when its server ended is offered anew.
 */
export async function replaceLocalRunner(
  parts: Parts,
  name: string,
  slots: number,
): Promise<LocalRunner> {
  const runner = await admitLocalRunner(parts.database, name, slots)
  await loseJobs(parts, runner.id, 'server_lost')
  return runner
}
