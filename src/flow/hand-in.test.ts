import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { countLockWaits } from '../../test/support/lock-waits.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { handInSegment } from './hand-in.ts'

const server = await startProtocolServer({ after })
const { database } = server.parts

test('however many segments wait to be taken, there are sessions of the database for all else (U48)', async () => {
  const job = await server.hold(await server.register())
  const segment = { credentials: job, track: '90p', number: 0, content: Buffer.of() }
  const taking: Promise<unknown>[] = []
  await database.transaction().execute(async (tx) => {
    await sql`select from jobs where uuid = ${job.uuid} for update`.execute(tx)
    for (let count = 0; count < 20; count += 1) taking.push(handInSegment(server.parts, segment))
    await waitFor(
      'segments that wait for the job',
      async () => (await countLockWaits(database)) === 6,
    )
  })
  for (const outcome of await Promise.allSettled(taking)) {
    assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'segment_refused')
  }
})
