import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHeader } from './header.ts'

test('missing parts of a header are empty, never absent', () => {
  assert.deepEqual(parseHeader('{}'), { streams: [], programs: [], format: {} })
  const [stream] = parseHeader('{"streams":[{"index":0}]}').streams
  assert.deepEqual(stream?.tags, {})
})

test('programmes are told by their streams', () => {
  const programs = [{ streams: [{ index: 0 }, { index: 2 }] }, { streams: [{}] }, {}]
  assert.deepEqual(parseHeader(JSON.stringify({ programs })).programs, [[0, 2], [], []])
})

test('what is not JSON is a failure of ffprobe, not of the file', () => {
  assert.throws(() => parseHeader('rubbish'), { code: 'ffmpeg_failed' })
})
