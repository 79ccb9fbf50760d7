import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codecsOf } from './codecs-of.ts'

test('streams are named by profile and level as they always were (D-68)', () => {
  const names = [
    { codec: 'h264', profile: 'High', level: 31 },
    { codec: 'h264', profile: 'Main', level: 40 },
    { codec: 'h264', profile: 'Baseline', level: 9 },
    { codec: 'hevc', profile: 'Main', level: 93 },
    { codec: 'vp9', profile: 'Profile 0', level: -99 },
    { codec: 'av1', profile: 'Main', level: 8 },
    { codec: 'av1', profile: 'High', level: 13 },
    { codec: 'aac', profile: 'LC', level: null },
    { codec: 'mp3', profile: null, level: null },
    { codec: 'opus', profile: null, level: null },
    { codec: 'vorbis', profile: null, level: null },
    { codec: 'speex', profile: null, level: null },
  ].map(codecsOf)
  assert.deepEqual(names, [
    'avc1.64001f',
    'avc1.4D4028',
    'avc1.42E009',
    'hev1.1.6.L93.B0',
    'vp09.00.50.08',
    'av01.0.08M.08',
    'av01.1.13M.08',
    'mp4a.40.2',
    'mp4a.40.34',
    'opus',
    'vorbis',
    'mp4a.40.2',
  ])
})

test('a stream of which ffprobe tells no profile or level has a name too (WD8)', () => {
  assert.equal(codecsOf({ codec: 'h264', profile: null, level: null }), 'avc1.64001f')
  assert.equal(codecsOf({ codec: 'av1', profile: null, level: -99 }), 'av01.0.08M.08')
})
