import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHeader } from './header.ts'

test('missing parts of a header are empty, never absent', () => {
  assert.deepEqual(parseHeader('{}'), { streams: [], format: {} })
  const [stream] = parseHeader('{"streams":[{"index":0}]}').streams
  assert.deepEqual(stream?.tags, {})
})

test('what is not JSON is a failure of ffprobe, not of the file', () => {
  assert.throws(() => parseHeader('rubbish'), { code: 'ffmpeg_failed' })
})
