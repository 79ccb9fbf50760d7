import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { openTestParts } from '../../test/support/parts.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { writeLivePlaylist } from './live-playlists.ts'

const grid = {
  ...{ frameRate: [25, 1], frames: 100_000, segmentFrames: 150, gopFrames: 50 },
  ...{ frameTicks: 512, timescale: 12_800 },
}
const plan = {
  ...{ kind: 'chunks', profile: 'default', grid, segmentSeconds: 6, chunks: [], audio: [] },
  video: [{ name: '90p', width: 160, height: 90 }],
}

/** A video of which so many segments of six seconds are there, of so many bytes each. */
async function openGrowingVideo(t: TestContext, count: number, bytes: string) {
  const parts = await openTestParts(t)
  const { database } = parts
  const media = { durationSeconds: 6 * count }
  const { videoId, versionId } = await insertVideoRows(database, { plan, media, playable: true })
  const init = Buffer.from('init')
  await database
    .insertInto('tracks')
    .values({ version_id: versionId, name: '90p', codecs: 'avc1', timescale: 12_800, init })
    .execute()
  await sql`insert into segments
    select ${versionId}, '90p', number, 76800, ${sql.raw(bytes)}, 150, '[]'::jsonb
    from generate_series(0, ${count}::int - 1) as number`.execute(database)
  return { parts, videoId, versionId, database }
}

test('A growing playlist has every segment up to the first that is missing, in order (M-37)', async (t) => {
  const { parts, videoId, versionId, database } = await openGrowingVideo(t, 1203, '75000')
  const names = async () => {
    const text = (await writeLivePlaylist(parts, videoId, '90p/index.m3u8')) ?? ''
    return [...text.matchAll(/^(\d+)\.m4s$/gm)].map(([, number]) => Number(number))
  }
  assert.deepEqual(await names(), [...Array(1203).keys()])
  await database
    .deleteFrom('segments')
    .where('version_id', '=', versionId)
    .where('number', '=', 1001)
    .execute()
  assert.deepEqual(await names(), [...Array(1001).keys()])
})

test('The rates of a growing track are those of its first hour; it is written once for all who ask at once', async (t) => {
  const bytes = 'case when number < 600 then 75000 else 750000 end'
  const { parts, videoId } = await openGrowingVideo(t, 700, bytes)
  const asked = Array.from({ length: 3 }, () => writeLivePlaylist(parts, videoId, 'master.m3u8'))
  assert.equal(new Set(asked).size, 1)
  const [text] = await Promise.all(asked)
  assert.match(text ?? '', /[:,]BANDWIDTH=100000,AVERAGE-BANDWIDTH=100000,/)
})
