import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offeredTypes } from './offered-types.ts'

const always = [
  'vod-web-video-transcoding',
  'vod-hls-transcoding',
  'vod-audio-merge-transcoding',
  'video-studio-transcoding',
]

test('a runner that names no types is offered those that its version knows (D-52)', () => {
  assert.deepEqual(offeredTypes(undefined, null), [...always, 'video-transcription'])
  assert.deepEqual(offeredTypes(undefined, '0.0.5'), always)
  assert.deepEqual(offeredTypes(undefined, '0.2.9'), [...always, 'video-transcription'])
  for (const version of ['0.3.0-rc.1', '0.6.0', '1.0.0']) {
    const types = [...always, 'video-transcription', 'generate-video-storyboard']
    assert.deepEqual(offeredTypes(undefined, version), types)
  }
})

test('a runner that names types is offered these and no others (D-110)', () => {
  assert.deepEqual(offeredTypes([], '0.6.0'), [])
  assert.deepEqual(offeredTypes(['vod-chunk-encoding'], null), ['vod-chunk-encoding'])
})
