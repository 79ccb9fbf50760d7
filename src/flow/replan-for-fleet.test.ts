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
  return Object.assign(server, { id })
}

const stock = { encoders: undefined }

test('a video that waits for our runners is planned again where only others came', async (t) => {
  const server = await openWaiting(t)
  const { parts, id } = server
  await replanForFleet(parts)
  assert.equal((await server.readVersion(id)).state, 'encoding')
  await server.register(stock)
  await replanForFleet(parts)
  assert.equal((await server.readVersion(id)).state, 'planning')
  assert.deepEqual(await server.listJobs(id), [])
})

test('a video that somebody began is left to those who can end it', async (t) => {
  const server = await openWaiting(t)
  const { parts, id } = server
  const [job] = await server.listJobs(id)
  const ours = await server.register()
  await server.accept(job?.uuid ?? '', ours)
  await server.register(stock)
  await parts.database
    .updateTable('runners')
    .set({ last_contact_at: sql`now() - interval '1 hour'` })
    .where('id', '=', ours.id)
    .execute()
  await replanForFleet(parts)
  assert.equal((await server.readVersion(id)).state, 'encoding')
})

test('a video shared with runners of ours that all left is planned again when nobody is at work on it', async (t) => {
  const server = await openWaiting(t)
  const { parts, id } = server
  await server.register(stock)
  const piece = { type: 'vod-web-video-transcoding', encoders: [] } as const
  await parts.database.transaction().execute((tx) => server.orderFor(tx, id, piece))
  const setPieces = (state: 'processing' | 'completed') =>
    parts.database
      .updateTable('jobs')
      .set({ state })
      .where('version_id', '=', id)
      .where('type', '=', piece.type)
      .execute()
  await setPieces('processing')
  await replanForFleet(parts)
  assert.equal((await server.readVersion(id)).state, 'encoding')
  await setPieces('completed')
  await replanForFleet(parts)
  assert.equal((await server.readVersion(id)).state, 'planning')
})
