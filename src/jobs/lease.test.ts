import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { renewLeases } from './renew-leases.ts'

const server = await startProtocolServer({ after }, { leaseSeconds: 20 })

test('a short lease is for runners that speak often; stock ones keep their jobs for two minutes (D-105, D-108)', async () => {
  const secondsLeft = async (uuid: string) => {
    const { lease_expires_at } = await server.readJob(uuid)
    return Math.round(((lease_expires_at?.getTime() ?? 0) - Date.now()) / 1000)
  }
  const endLease = (uuid: string) =>
    server.parts.database
      .updateTable('jobs')
      .set({ lease_expires_at: new Date(0) })
      .where('uuid', '=', uuid)
      .execute()
  for (const [facts, seconds] of [
    [{}, 20],
    [{ encoders: undefined }, 120],
  ] as const) {
    const { uuid, ...tokens } = await server.hold(await server.register(facts), { encoders: [] })
    assert.ok(Math.abs((await secondsLeft(uuid)) - seconds) <= 5)
    await endLease(uuid)
    await server.post(`/jobs/${uuid}/update`, tokens)
    assert.ok(Math.abs((await secondsLeft(uuid)) - seconds) <= 5)
    await endLease(uuid)
    await renewLeases(server.parts.database, 20)
    assert.ok(Math.abs((await secondsLeft(uuid)) - seconds) <= 5)
  }
})

test('leases are renewed at a start without waiting for jobs that somebody is at work on', async () => {
  const jobs = [
    await server.hold(await server.register()),
    await server.hold(await server.register()),
  ]
  const { database } = server.parts
  await database
    .updateTable('jobs')
    .set({ lease_expires_at: new Date(0) })
    .execute()
  await database.transaction().execute(async (tx) => {
    const [first] = jobs
    await tx
      .selectFrom('jobs')
      .select('id')
      .where('uuid', '=', first?.uuid ?? '')
      .forUpdate()
      .execute()
    await renewLeases(database, 20)
  })
  const ends = await Promise.all(
    jobs.map(async ({ uuid }) => (await server.readJob(uuid)).lease_expires_at),
  )
  assert.deepEqual(
    ends.map((end) => (end?.getTime() ?? 0) > Date.now()),
    [false, true],
  )
})

test('a runner of ours is told how long it may be silent; stock ones are told nothing new', async () => {
  for (const [facts, seconds] of [
    [{}, 20],
    [{ encoders: undefined }, undefined],
  ] as const) {
    const { runnerToken } = await server.register(facts)
    const [job] = await server.listJobs(await server.order({ encoders: [] }))
    const { body } = await server.post(`/jobs/${job?.uuid}/accept`, { runnerToken })
    const accepted = (body as unknown as { job: { leaseSeconds?: number } }).job
    assert.equal(accepted.leaseSeconds, seconds)
  }
})
