import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkWholeFileResult } from './check-result.ts'
import type { ProbedResult } from './probe-result.ts'

const expected = {
  resolution: 480,
  width: 854,
  height: 480,
  fps: 25,
  hasVideo: true,
  hasAudio: true,
  durationSeconds: 60,
}

const probed: ProbedResult = {
  sizeBytes: 1_000_000,
  durationSeconds: 60.02,
  resolution: 480,
  video: {
    codec: 'h264',
    codecs: 'avc1.64001f',
    pixelFormat: 'yuv420p',
    width: 854,
    height: 480,
    codedWidth: 854,
    codedHeight: 480,
    fps: 25,
    variableFrameRate: false,
    durationSeconds: 60,
  },
  audio: {
    codec: 'aac',
    codecs: 'mp4a.40.2',
    channels: 2,
    sampleRate: 48_000,
    durationSeconds: 60.02,
  },
  videoStreams: 1,
  audioStreams: 1,
}

type Change = Omit<Partial<ProbedResult>, 'video'> & {
  readonly video?: Partial<ProbedResult['video']> | null
}

function judge({ video = {}, ...change }: Change): string {
  const pictures = probed.video && video && { ...probed.video, ...video }
  return checkWholeFileResult(expected, { ...probed, ...change, video: pictures }).join(' ')
}

test('a file as it was ordered is not complained of', () => {
  assert.equal(judge({}), '')
  assert.equal(judge({ video: { width: 852, fps: 24.97 } }), '')
})

test('what is missing, too many, of another size, codec or rate is told (2.1)', () => {
  assert.match(judge({ video: null }), /no pictures/)
  assert.match(judge({ audio: null }), /no sound/)
  assert.match(judge({ videoStreams: 2 }), /too many/)
  assert.match(judge({ resolution: 360 }), /360 pixels, not 480/)
  assert.match(judge({ video: { width: 640 } }), /640×480 pixels, not 854×480/)
  assert.match(judge({ video: { codec: 'mjpeg' } }), /mjpeg, not H.264/)
  assert.match(judge({ video: { fps: 2 } }), /2.000 frames a second, not 25/)
})

test('a file that is shorter or longer than the source is told (D-104)', () => {
  assert.match(judge({ durationSeconds: 58 }), /lasts 58.000 seconds, the source 60.000/)
  assert.match(judge({ durationSeconds: 120 }), /lasts 120/)
})

test('a still picture may outlast its sound', () => {
  const found = { ...probed, durationSeconds: 68 }
  assert.equal(checkWholeFileResult(expected, found).length, 1)
  assert.deepEqual(checkWholeFileResult({ ...expected, longerAtMostSeconds: 12 }, found), [])
})

test('sound alone must have no pictures, and pictures alone no sound', () => {
  const sound = { ...expected, resolution: 0, fps: 0, hasVideo: false }
  assert.match(checkWholeFileResult(sound, probed).join(' '), /pictures too many/)
  const pictures = { ...expected, hasAudio: false }
  assert.match(checkWholeFileResult(pictures, probed).join(' '), /sound too much/)
})
