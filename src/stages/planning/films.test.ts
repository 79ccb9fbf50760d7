import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VideoRendition } from '#jobs/payload.ts'
import { nameFilm, planFilms } from './films.ts'
import { planLadder } from './ladder.ts'

const rungs = [
  { height: 720, crf: 23, maxrateKbps: 3000 },
  { height: 360, crf: 23, maxrateKbps: 700 },
]
const both = [...rungs, { height: 1080, codec: 'hevc' as const, crf: 24, maxrateKbps: 4500 }]
const plan = (height: number, ladder = rungs): VideoRendition[] =>
  planLadder(ladder, { width: (height * 16) / 9, height }, 25, false)

test('a profile says which renditions are files too: none, some by name, or all (U47, V-15)', () => {
  assert.deepEqual(planFilms(undefined, plan(1080)), [])
  assert.deepEqual(planFilms(false, plan(1080)), [])
  assert.deepEqual(planFilms(['720p'], plan(1080)), ['720p'])
  assert.deepEqual(planFilms(true, plan(1080)), ['720p', '360p'])
})

test('a video smaller than what is asked for gets its largest, and each file once (U47)', () => {
  assert.deepEqual(planFilms(['1080p', '720p', '144p'], plan(432)), ['432p', '360p'])
  assert.deepEqual(planFilms(['720p'], []), [])
})

test('of several codecs H.264 is taken, unless the name says another (U47, V-15)', () => {
  const video = plan(1080, both)
  assert.deepEqual(planFilms(['1080p'], video), ['720p-h264'])
  assert.deepEqual(planFilms(['1080p-hevc'], video), ['1080p-hevc'])
})

test('a file is named by the real size and rate of what is in it (P-53)', () => {
  assert.equal(nameFilm('720p', 30_000 / 1001), '720p30.mp4')
  assert.equal(nameFilm('1080p-hevc', 60), '1080p60-hevc.mp4')
})
