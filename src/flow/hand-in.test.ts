import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { JobCredentials } from '#jobs/job.ts'
import { countLockWaits } from '../../test/support/lock-waits.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { handInSegment } from './hand-in.ts'

const server = await startProtocolServer({ after })
const { database } = server.parts

/** Hands segments in while the jobs' rows are held; says how many sessions wait for them. */
async function countWaits(jobs: readonly JobCredentials[], segmentsEach: number): Promise<number> {
  const taking: Promise<unknown>[] = []
  const waiting = await database.transaction().execute(async (tx) => {
    await sql`select from jobs for update`.execute(tx)
    for (const credentials of jobs) {
      const segment = { credentials, track: '90p', number: 0, content: Buffer.of() }
      for (let count = 0; count < segmentsEach; count += 1) {
        taking.push(handInSegment(server.parts, segment))
      }
    }
    await waitFor('a segment that waits', async () => (await countLockWaits(database)) > 0)
    // Those that should not would by now.
    await delay(500)
    return countLockWaits(database)
  })
  for (const outcome of await Promise.allSettled(taking)) {
    assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'segment_refused')
  }
  return waiting
}

test('however many segments wait to be taken, there are sessions of the database for all else (U48)', async () => {
  const runner = await server.register()
  const jobs = await Promise.all(Array.from({ length: 10 }, () => server.hold(runner)))
  assert.equal(await countWaits(jobs, 2), 6)
  assert.equal(await countWaits(jobs.slice(0, 1), 20), 1)
})
