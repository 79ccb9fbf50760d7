import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { makeMediaInfo } from '../../test/support/media-info.ts'
import type { ProtocolServer } from '../../test/support/protocol-server.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { replanForFleet } from './replan-for-fleet.ts'

/** A version that was planned for our runners a minute ago, and no runner of ours. */
async function openWaiting(t: TestContext): Promise<ProtocolServer & { readonly id: string }> {
  const server = await startProtocolServer(t, { runners: 0 })
  const id = await server.order({}, {})
  await server.parts.database
    .updateTable('versions')
    .set({
      media: JSON.stringify(makeMediaInfo()),
      plan: JSON.stringify({ kind: 'chunks', grid: null, video: [], audio: [], chunks: [] }),
      updated_at: sql`now() - interval '1 minute'`,
    })
    .where('id', '=', id)
    .execute()
  return { ...server, id }
}

const stock = { encoders: undefined }

test('a video that waits for our runners is planned again where only others came', async (t) => {
  const { parts, id, register, readVersion, listJobs } = await openWaiting(t)
  await replanForFleet(parts)
  assert.equal((await readVersion(id)).state, 'encoding')
  await register(stock)
  await replanForFleet(parts)
  assert.equal((await readVersion(id)).state, 'planning')
  assert.deepEqual(await listJobs(id), [])
})

test('a video that somebody began is left to those who can end it', async (t) => {
  const { parts, id, register, accept, readVersion, listJobs } = await openWaiting(t)
  const [job] = await listJobs(id)
  const ours = await register()
  await accept(job?.uuid ?? '', ours)
  await register(stock)
  await parts.database
    .updateTable('runners')
    .set({ last_contact_at: sql`now() - interval '1 hour'` })
    .where('id', '=', ours.id)
    .execute()
  await replanForFleet(parts)
  assert.equal((await readVersion(id)).state, 'encoding')
})
