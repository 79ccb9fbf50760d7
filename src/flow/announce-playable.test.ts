import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { countLockWaits } from '../../test/support/lock-waits.ts'
import { makeMediaInfo } from '../../test/support/media-info.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { announcePlayable } from './announce-playable.ts'
import { lockVersion } from './lock-version.ts'

const server = await startProtocolServer({ after })
const { database } = server.parts

/** A version that can be played as soon as picture and sound have begun. */
async function order(): Promise<string> {
  const id = await server.order()
  const [video, audio] = [[{ name: '90p' }], [{ name: 'audio-0' }]]
  const plan = { kind: 'chunks', grid: null, video, audio, chunks: [] }
  await database
    .updateTable('versions')
    .set({ media: JSON.stringify(makeMediaInfo()), plan: JSON.stringify(plan) })
    .where('id', '=', id)
    .execute()
  return id
}

const announce = (id: string): Promise<void> =>
  database.transaction().execute((tx) => announcePlayable(tx, id))

/** As a result is settled: with the version locked until its segment is committed. */
async function settle(id: string, track: string, meanwhile: () => Promise<void>): Promise<void> {
  await database.transaction().execute(async (tx) => {
    await lockVersion(tx, id)
    await beginTrack(tx, id, track)
    await announcePlayable(tx, id)
    await meanwhile()
  })
}

async function beginTrack(tx: Transaction<Tables>, id: string, name: string): Promise<void> {
  const track = { version_id: id, name, codecs: 'avc1', timescale: 12800, init: Buffer.of() }
  await tx.insertInto('tracks').values(track).execute()
  const segment = { number: 0, duration_ticks: 1, bytes: 1, samples: 1, keyframes: '[]' }
  await tx
    .insertInto('segments')
    .values({ version_id: id, track: name, ...segment })
    .execute()
}

/** Which comes first: that it is over, or that it waits for a lock. */
function tellsOrWaits(announced: Promise<void>): Promise<string> {
  let isOver = false
  void announced.then(() => {
    isOver = true
  })
  return waitFor('an end, or a wait', async () => {
    if (isOver) return 'told'
    return (await countLockWaits(database)) > 0 ? 'waits' : null
  })
}

async function listTold(id: string): Promise<string[]> {
  const events = await database
    .selectFrom('events')
    .innerJoin('versions', 'versions.video_id', 'events.video_id')
    .select('events.type')
    .where('versions.id', '=', id)
    .where('events.type', '=', 'video.playable')
    .execute()
  return events.map(({ type }) => type)
}

test('a segment that is handed in while that of a piece is settled makes the video playable', async () => {
  const id = await order()
  let announced = Promise.resolve()
  await settle(id, '90p', async () => {
    await server.recordSegments(id, 'audio-0', [0])
    announced = announce(id)
    await tellsOrWaits(announced)
  })
  await announced
  assert.deepEqual(await listTold(id), ['video.playable'])
  await announce(id)
  assert.deepEqual(await listTold(id), ['video.playable'])
})

test('once a video is playable, handing in waits for nobody who settles', async () => {
  const id = await order()
  await server.recordSegments(id, '90p', [0])
  await server.recordSegments(id, 'audio-0', [0])
  await announce(id)
  await database.transaction().execute(async (tx) => {
    await lockVersion(tx, id)
    assert.equal(await tellsOrWaits(announce(id)), 'told')
  })
})
