import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presentPayload } from './present-payload.ts'

const uuid = '0b8f2c1e-0000-4000-8000-000000000001'
const place = { origin: 'http://h', videoId: 'V', sourcePath: null }
const files = `http://h/api/v1/runners/jobs/${uuid}/files/videos/V`

test('a payload says where the source is, and a path only to whom it is given', () => {
  const job = {
    uuid,
    type: 'vod-chunk-encoding',
    payload: { type: 'x', input: { demuxer: 'mov' } },
  }
  const url = `http://h/api/v1/runners/jobs/${uuid}/source`
  const input = { demuxer: 'mov', url }
  assert.deepEqual(presentPayload(job, place), { type: 'x', videoId: 'V', input })
  const inPlace = presentPayload(job, { ...place, sourcePath: '/d/s' })
  assert.deepEqual(inPlace['input'], { demuxer: 'mov', url, path: '/d/s' })
})

test('whole-file jobs name their inputs as the protocol does, without a query (D-46, D-47, D-104)', () => {
  const present = (type: string, payload: Record<string, unknown>) =>
    presentPayload({ uuid, type, payload }, place)
  const hls = present('vod-hls-transcoding', { output: { resolution: 480, fps: 25 } })
  assert.deepEqual(hls, {
    input: { videoFileUrl: `${files}/max-quality`, separatedAudioFileUrl: [] },
    output: { resolution: 480, fps: 25 },
  })
  const sound = present('vod-web-video-transcoding', { output: { resolution: 0, fps: 0 } })
  assert.deepEqual(sound['input'], {
    videoFileUrl: `${files}/max-quality/audio`,
    separatedAudioFileUrl: [],
  })
  assert.deepEqual(present('vod-audio-merge-transcoding', {})['input'], {
    audioFileUrl: `${files}/max-quality/audio`,
    previewFileUrl: `${files}/thumbnails/max-quality`,
  })
  assert.deepEqual(present('video-transcription', {}), {
    input: { videoFileUrl: `${files}/max-quality/audio` },
    output: {},
  })
})

test('a transcript that was ordered of another address is made from that (D-09)', () => {
  const input = { videoFileUrl: 'https://films.example/7.mp4', isElsewhere: true }
  const job = { uuid, type: 'video-transcription', payload: { input, output: {} } }
  assert.deepEqual(presentPayload(job, place)['input'], input)
})

test('studio tasks get addresses of their files, and the margin by both its names', () => {
  const tasks = [
    { name: 'cut', options: { start: 1 } },
    { name: 'add-intro', options: { file: 'a.mp4' } },
    {
      name: 'add-watermark',
      options: {
        file: 'w.png',
        watermarkSizeRatio: 0.1,
        horizontalMarginRatio: 0.05,
        verticalMarginRatio: 0.06,
      },
    },
  ]
  const job = { uuid, type: 'video-studio-transcoding', payload: { tasks } }
  assert.deepEqual(presentPayload(job, place)['tasks'], [
    tasks[0],
    { name: 'add-intro', options: { file: `${files}/studio/task-files/a.mp4` } },
    {
      name: 'add-watermark',
      options: {
        file: `${files}/studio/task-files/w.png`,
        watermarkSizeRatio: 0.1,
        horizontalMarginRatio: 0.05,
        horitonzalMarginRatio: 0.05,
        verticalMarginRatio: 0.06,
      },
    },
  ])
})
