import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createTestDatabase } from '../../test/support/database.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { getVideo } from './get.ts'

const encoder = { preset: 'fast', crf: 23, maxrateBps: 730_000, bufsizeBits: 1_460_000 }
const plan = {
  grid: { frameRate: [25, 1], frames: 500, gopFrames: 50 },
  video: [{ name: '360p', codec: 'h264', width: 640, height: 360, encoder }],
  audio: [{ name: 'audio-0', codec: 'aac', channels: 2, language: 'de' }],
  chunks: [],
}

async function insertTrack(database: Kysely<Tables>, versionId: string): Promise<void> {
  await database
    .insertInto('tracks')
    .values({
      version_id: versionId,
      name: '360p',
      codecs: 'avc1.640028',
      timescale: 12_800,
      init: Buffer.alloc(800),
      samples: 150,
      bytes: 500_000,
      duration_ticks: 6 * 12_800,
    })
    .execute()
}

test('The rates of a rendition are told when the playlists declare them (rules 9.13, 9.14)', async (t) => {
  const { database } = await createTestDatabase(t)
  const { videoId, versionId } = await insertVideoRows(database, { plan })
  await insertTrack(database, versionId)
  const rates = { peak_bps: 700_000, average_bps: 666_667 }
  const growing = (await getVideo(database, videoId, ''))?.renditions[0]
  assert.deepEqual([growing?.bandwidth, growing?.averageBandwidth], [null, null])
  assert.equal(growing?.bytes, 500_800)
  await database.updateTable('tracks').set(rates).execute()
  const finished = (await getVideo(database, videoId, ''))?.renditions[0]
  assert.deepEqual([finished?.bandwidth, finished?.averageBandwidth], [700_000, 666_667])
})

test('A video that is being encoded tells what is there of each rendition (U122)', async (t) => {
  const { database } = await createTestDatabase(t)
  const { videoId, versionId } = await insertVideoRows(database, { plan, playable: true })
  await insertTrack(database, versionId)
  const video = await getVideo(database, videoId, 'http://host')
  assert.equal(video?.playable, true)
  assert.deepEqual(video?.urls, {
    hls: `http://host/media/${videoId}/master.m3u8`,
    dash: null,
    mp4: {},
    transcripts: {},
    thumbnail: null,
    storyboard: null,
    subtitles: {},
  })
  const [picture, sound] = video?.renditions ?? []
  assert.deepEqual([picture?.frames, picture?.fps, picture?.progress], [150, 25, 0.3])
  assert.deepEqual(picture?.encoder, { ...encoder, gopFrames: 50 })
  assert.deepEqual([sound?.language, sound?.channels, sound?.bandwidth], ['de', 2, null])
})

test('Progress weighs chunks by their work (U122)', async (t) => {
  const { database } = await createTestDatabase(t)
  const { videoId, versionId } = await insertVideoRows(database, { plan })
  const chunk = (frames: number, state: 'completed' | 'processing', progress: number) => ({
    uuid: crypto.randomUUID(),
    version_id: versionId,
    type: 'vod-chunk-encoding',
    state,
    progress,
    priority: 0,
    label: 'chunk',
    payload: '{}',
    encoders: '[]',
    weight: frames,
  })
  await database
    .insertInto('jobs')
    .values([chunk(100, 'completed', 0), chunk(300, 'processing', 0.5)])
    .execute()
  const video = await getVideo(database, videoId, '')
  assert.deepEqual(video?.chunks, { total: 2, done: 1 })
  assert.ok(Math.abs((video?.progress ?? 0) - 0.97 * 0.625) < 1e-4)
})
