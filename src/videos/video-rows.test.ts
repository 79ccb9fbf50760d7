import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { measureBitRates } from '#media/tracks/bit-rates.ts'
import type { VideoTrack } from '#media/tracks/track.ts'
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

type Segment = readonly [durationTicks: number, bytes: number]

async function insertTrack(
  database: Kysely<Tables>,
  versionId: string,
  name: string,
  segments: readonly Segment[],
): Promise<void> {
  const track = { version_id: versionId, name }
  await database
    .insertInto('tracks')
    .values({ ...track, codecs: 'avc1.640028', timescale: 12_800, init: Buffer.alloc(800) })
    .execute()
  await database
    .insertInto('segments')
    .values(
      segments.map(([durationTicks, bytes], number) => ({
        version_id: versionId,
        track: name,
        number,
        duration_ticks: durationTicks,
        bytes,
        samples: durationTicks / 512,
        keyframes: '[]',
      })),
    )
    .execute()
}

function asTrack(segments: readonly Segment[]): VideoTrack {
  return {
    kind: 'video',
    name: '360p',
    codecs: 'avc1.640028',
    timescale: 12_800,
    initBytes: 800,
    width: 640,
    height: 360,
    frameRate: [25, 1],
    segments: segments.map(([durationTicks, bytes], number) => ({
      number,
      durationTicks,
      bytes,
      keyframes: [],
    })),
  }
}

test('Rates of a rendition are those that its playlists declare (rules 9.13, 9.14)', async (t) => {
  const { database } = await createTestDatabase(t)
  const six = 6 * 12_800
  const cases: Segment[][] = [
    [
      [six, 500_000],
      [six, 700_000],
      [six, 300_000],
      [2 * 12_800, 350_000],
    ],
    [
      [six, 500_000],
      [six, 100_000],
      [512, 90_000],
    ],
    [[3 * 12_800, 500_000]],
    [
      [six, 500_000],
      [4 * 12_800, 900_000],
    ],
  ]
  for (const segments of cases) {
    const { videoId, versionId } = await insertVideoRows(database, { plan })
    await insertTrack(database, versionId, '360p', segments)
    const rendition = (await getVideo(database, videoId, ''))?.renditions[0]
    const { averageBps, peakBps } = measureBitRates(asTrack(segments))
    assert.equal(rendition?.averageBandwidth, Math.round(averageBps), JSON.stringify(segments))
    assert.equal(rendition?.bandwidth, Math.round(peakBps), JSON.stringify(segments))
    const bytes = segments.reduce((sum, [, size]) => sum + size, 800)
    assert.equal(rendition?.bytes, bytes)
  }
})

test('A video that is being encoded tells what is there of each rendition (U122)', async (t) => {
  const { database } = await createTestDatabase(t)
  const { videoId, versionId } = await insertVideoRows(database, { plan, playable: true })
  await insertTrack(database, versionId, '360p', [[6 * 12_800, 500_000]])
  const video = await getVideo(database, videoId, 'http://host')
  assert.equal(video?.playable, true)
  assert.deepEqual(video?.urls, {
    hls: `http://host/media/${videoId}/master.m3u8`,
    dash: null,
    mp4: {},
    thumbnail: null,
    storyboard: null,
  })
  const [picture, sound] = video?.renditions ?? []
  assert.deepEqual([picture?.frames, picture?.fps, picture?.progress], [150, 25, 0.3])
  assert.deepEqual(picture?.encoder, { ...encoder, gopFrames: 50 })
  assert.deepEqual([sound?.language, sound?.channels, sound?.bandwidth], ['de', 2, null])
})

test('Progress weighs chunks by their frames and pixels (U122)', async (t) => {
  const { database } = await createTestDatabase(t)
  const { videoId, versionId } = await insertVideoRows(database, { plan })
  const renditions = [{ width: 640, height: 360 }]
  const chunk = (frames: number, state: 'completed' | 'processing', progress: number) => ({
    uuid: crypto.randomUUID(),
    version_id: versionId,
    type: 'vod-chunk-encoding',
    state,
    progress,
    priority: 0,
    label: 'chunk',
    payload: JSON.stringify({ chunk: { frames }, renditions }),
    encoders: '[]',
  })
  await database
    .insertInto('jobs')
    .values([chunk(100, 'completed', 0), chunk(300, 'processing', 0.5)])
    .execute()
  const video = await getVideo(database, videoId, '')
  assert.deepEqual(video?.chunks, { total: 2, done: 1 })
  assert.ok(Math.abs((video?.progress ?? 0) - 0.97 * 0.625) < 1e-4)
})
