import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startProtocolServer } from '../../test/support/protocol-server.ts'

const server = await startProtocolServer({ after }, { leaseSeconds: 20 })

test('a short lease is for runners that speak often; stock ones keep their jobs for two minutes (D-105, D-108)', async () => {
  const secondsLeft = async (uuid: string) => {
    const { lease_expires_at } = await server.readJob(uuid)
    return Math.round(((lease_expires_at?.getTime() ?? 0) - Date.now()) / 1000)
  }
  for (const [facts, seconds] of [
    [{}, 20],
    [{ encoders: undefined }, 120],
  ] as const) {
    const { uuid, ...tokens } = await server.hold(await server.register(facts), { encoders: [] })
    assert.ok(Math.abs((await secondsLeft(uuid)) - seconds) <= 5)
    await server.parts.database
      .updateTable('jobs')
      .set({ lease_expires_at: new Date() })
      .where('uuid', '=', uuid)
      .execute()
    await server.post(`/jobs/${uuid}/update`, tokens)
    assert.ok(Math.abs((await secondsLeft(uuid)) - seconds) <= 5)
  }
})
