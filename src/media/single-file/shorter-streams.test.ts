import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  makeAudioStream,
  makeMediaInfo,
  makeVideoStream,
} from '../../../test/support/media-info.ts'
import { measureShorter } from './shorter-streams.ts'

const sound = { hasVideo: false, hasAudio: true }
const pictures = { hasVideo: true, hasAudio: false }
const both = { hasVideo: true, hasAudio: true }

test('sound that is shorter than the pictures makes a shorter file of sound, and of nothing else (D-44)', () => {
  const audio = [makeAudioStream({ durationSeconds: 40 }), makeAudioStream()]
  const media = makeMediaInfo({ audio })
  assert.equal(measureShorter(media, sound), 20)
  assert.equal(measureShorter(media, pictures), 0)
  assert.equal(measureShorter(media, both), 0)
})

test('pictures that are shorter than the sound make a shorter file of pictures', () => {
  const video = makeVideoStream({ timeBase: [1, 1000], startPts: 5000, endPts: 35_000 })
  const media = makeMediaInfo({ video })
  assert.equal(measureShorter(media, pictures), 30)
  assert.equal(measureShorter(media, both), 0)
})

test('where a length is not known, or there is no such stream, nothing may be missing', () => {
  const media = makeMediaInfo({ video: null, audio: [makeAudioStream({ durationSeconds: null })] })
  assert.equal(measureShorter(media, sound), 0)
  assert.equal(measureShorter(media, both), 0)
  assert.equal(measureShorter(makeMediaInfo({ audio: [] }), sound), 0)
})
