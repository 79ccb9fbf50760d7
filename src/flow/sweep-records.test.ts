import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { replaceLocalRunner } from './runner-leaves.ts'
import { sweepRecords } from './sweep-records.ts'

const server = await startProtocolServer({ after })
const { parts } = server
const { database } = parts
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

test('events and failures are kept for thirty days', async () => {
  const runner = await server.register()
  const { uuid, ...tokens } = await server.hold(runner)
  await server.post(`/jobs/${uuid}/error`, { ...tokens, message: 'no' })
  const job = await server.readJob(uuid)
  const failure = { job_id: job.id, runner_id: runner.id, error: '{}' }
  const event = { video_id: uuid, type: 'video.encoding', data: '{}' }
  const deletion = { ...event, type: 'video.deleted', created_at: daysAgo(400) }
  await database.insertInto('events').values(deletion).execute()
  for (const days of [29, 31]) {
    await database
      .insertInto('job_failures')
      .values({ ...failure, created_at: daysAgo(days) })
      .execute()
    await database
      .insertInto('events')
      .values({ ...event, created_at: daysAgo(days) })
      .execute()
  }
  await sweepRecords(parts)
  const count = async (table: 'events' | 'job_failures') =>
    (await database.selectFrom(table).select('created_at').execute()).map(({ created_at }) =>
      Math.round((Date.now() - created_at.getTime()) / 86_400_000),
    )
  assert.deepEqual(new Set(await count('job_failures')), new Set([0, 29]))
  assert.deepEqual(
    new Set(await count('events')),
    new Set([29, 400]),
    'a deletion is told for ever',
  )
})

test('what another processor reported is kept for thirty days, applied or not', async () => {
  const said = { form: 'assembly', external_id: 'a', outcome: 'finished', body: '{}' } as const
  for (const days of [29, 31]) {
    for (const applied_at of [null, daysAgo(days)]) {
      const digest = Buffer.from(`${days} ${applied_at?.toISOString()}`)
      const received_at = daysAgo(days)
      await database
        .insertInto('notifications')
        .values({ ...said, digest, received_at, applied_at })
        .execute()
    }
  }
  await sweepRecords(parts)
  const kept = await database.selectFrom('notifications').select('received_at').execute()
  assert.deepEqual(
    kept.map(({ received_at }) => received_at > daysAgo(30)),
    [true, true],
  )
})

test('local runners of servers long gone are removed, unless they have jobs; others stay', async () => {
  const names = ['gone', 'working', 'here'] as const
  const locals = await Promise.all(
    names.map((name) => replaceLocalRunner(parts, `local-${name}`, 1)),
  )
  const registered = await server.register({ name: 'registered' })
  const [gone, working, here] = locals
  assert.ok(gone && working && here)
  await server.hold(working, { encoders: [] })
  await database
    .updateTable('runners')
    .set({ last_contact_at: daysAgo(8) })
    .where('id', 'in', [gone.id, working.id, registered.id])
    .execute()
  await sweepRecords(parts)
  const rows = await database
    .selectFrom('runners')
    .select('name')
    .where('name', 'in', ['registered', ...names.map((name) => `local-${name}`)])
    .execute()
  assert.deepEqual(
    new Set(rows.map(({ name }) => name)),
    new Set(['local-working', 'local-here', 'registered']),
  )
})
