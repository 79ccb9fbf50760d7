import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { planVersion } from '#stages/planning/plan-version.ts'
import { makeMediaInfo } from '../../test/support/media-info.ts'
import type { ProtocolServer } from '../../test/support/protocol-server.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { chooseProfile } from './choose-profile.ts'
import { keepReplanning, replanForFleet } from './replan-for-fleet.ts'

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

const rung = { height: 360, crf: 30, maxrateKbps: 800 }
const inAv1 = { ...rung, codec: 'av1' as const, preset: '8' }

for (const [title, profile] of [
  ['in AV1 with sound in six channels', { video: [inAv1], audio: { channels: 6 } }],
  [
    'that is lossless, with sound in six channels',
    { video: [rung], lossless: true, audio: { channels: 6 } },
  ],
  ['of sound alone in six channels', { video: [], audio: { channels: 6 } }],
] as const) {
  test(`a video ${title} waits for our runners: the others could do nothing of it`, async (t) => {
    const server = await openWaiting(t)
    const { parts, id } = server
    await setProfile(server, profile)
    await server.register(stock)
    const jobs = await server.listJobs(id)
    await replanForFleet(parts)
    assert.equal((await server.readVersion(id)).state, 'encoding')
    assert.deepEqual(await server.listJobs(id), jobs)
  })
}

test('a video of which the others got their share already is not planned again', async (t) => {
  const server = await openWaiting(t)
  const { parts, id } = server
  const profile = { name: 'ours', video: [{ ...inAv1, height: 720 }, rung] }
  await setProfile(server, profile)
  await server.register(stock)
  await replanForFleet(parts)
  assert.equal((await server.readVersion(id)).state, 'planning')
  const plan = planVersion(makeMediaInfo(), profile, { own: 0, slots: 0, stock: 1 })
  await parts.database.transaction().execute(async (tx) => {
    await server.orderFor(tx, id, {})
    await tx
      .updateTable('versions')
      .set({
        state: 'encoding',
        plan: JSON.stringify(plan),
        updated_at: sql`now() - interval '1 minute'`,
      })
      .where('id', '=', id)
      .execute()
  })
  await replanForFleet(parts)
  assert.equal((await server.readVersion(id)).state, 'encoding')
})

test('however many videos only wait, those behind them have their turn', async (t) => {
  const server = await openWaiting(t)
  const { parts } = server
  const alike = { name: 'a', profile: 'ours', metadata: '{}' }
  await setProfile(server, { video: [inAv1], audio: { channels: 6 } })
  await server.register(stock)
  const waiting = await parts.database
    .selectFrom('versions')
    .selectAll()
    .where('id', '=', server.id)
    .executeTakeFirstOrThrow()
  const { updated_at, state } = waiting
  const [media, plan] = [JSON.stringify(waiting.media), JSON.stringify(waiting.plan)]
  const ids = Array.from(
    { length: 110 },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  )
  await parts.database
    .insertInto('videos')
    .values(ids.map((id) => ({ ...alike, id })))
    .execute()
  await parts.database
    .insertInto('versions')
    .values(
      ids.map((id) => ({
        ...{ id, video_id: id, number: 1, state, media, plan, updated_at },
        ...{ source_key: id, prefix: `videos/${id}/1/` },
      })),
    )
    .execute()
  await parts.database.transaction().execute(async (tx) => {
    for (const id of ids) await server.orderFor(tx, id, {})
  })
  const last = ids.at(-1) ?? ''
  await parts.database
    .updateTable('videos')
    .set({ profile: 'default' })
    .where('id', '=', last)
    .execute()
  const look = keepReplanning(parts)
  await look()
  assert.equal((await server.readVersion(last)).state, 'encoding')
  await look()
  assert.equal((await server.readVersion(last)).state, 'planning')
})

/** Gives the video a profile of its own. */
async function setProfile({ parts, id }: ProtocolServer & { id: string }, profile: object) {
  const folder = join(parts.config.dataDir, 'profiles')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'ours.json'), JSON.stringify({ ...profile, name: 'ours' }))
  // One that is refused would keep the video waiting for another reason.
  await chooseProfile(parts, 'ours')
  await parts.database
    .updateTable('videos')
    .set({ profile: 'ours' })
    .where('id', 'in', (versions) =>
      versions.selectFrom('versions').select('video_id').where('id', '=', id),
    )
    .execute()
}
