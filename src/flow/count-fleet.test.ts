import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { countFleet, countPresent } from './count-fleet.ts'
import { replaceLocalRunner } from './runner-leaves.ts'

const server = await startProtocolServer({ after })
const { database } = server.parts
const parts = { ...server.parts, config: { ...server.parts.config, runners: 0 } }
const setState = (id: number, state: 'active' | 'draining') =>
  database.updateTable('runners').set({ state }).where('id', '=', id).execute()

test('a fleet counts by its runners, and by the chunks that they encode at once', async () => {
  assert.deepEqual(await countPresent(parts), { own: 0, slots: 0, stock: 0 })
  assert.deepEqual(await countFleet(parts), { own: 1, slots: 1, stock: 0 })
  const encoders = ['libx264', 'aac']
  const large = await server.register({ encoders, slots: 8 })
  await server.register({ encoders, slots: 2 })
  await server.register({ encoders: undefined })
  assert.deepEqual(await countFleet(parts), { own: 2, slots: 10, stock: 1 })
  await setState(large.id, 'draining')
  assert.deepEqual(await countFleet(parts), { own: 1, slots: 2, stock: 1 })
})

test('a local runner counts with its slots before it has said a word', async () => {
  const before = await countPresent(parts)
  await replaceLocalRunner(parts, 'local-1', 4)
  const own = { ...parts, config: { ...parts.config, runners: 1 } }
  const { slots, stock } = await countPresent(own)
  assert.deepEqual({ slots, stock }, { slots: before.slots + 4, stock: before.stock })
})
