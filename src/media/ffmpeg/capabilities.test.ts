import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseVersion, readCapabilities } from './capabilities.ts'
import { defaultPrograms } from './programs.ts'

test('the ffmpeg of this machine says its version, encoders and filters', async () => {
  const { version, encoders, filters } = await readCapabilities(defaultPrograms)
  assert.ok(version[0] >= 5)
  assert.ok(encoders.has('libx264') && encoders.has('aac'))
  assert.ok(filters.has('scale') && filters.has('fps') && filters.has('split'))
})

test('versions are read from releases, distributions and development builds', () => {
  assert.deepEqual(parseVersion('ffmpeg version 5.1.9-0+deb12u1 Copyright'), [5, 1])
  assert.deepEqual(parseVersion('ffmpeg version n7.1 Copyright'), [7, 1])
  assert.deepEqual(parseVersion('ffmpeg version N-118-gabc Copyright'), [99, 0])
  assert.deepEqual(parseVersion('something else'), [0, 0])
})

test('a program that is not ffmpeg is ffmpeg_missing', async () => {
  const programs = { ffmpeg: '/bin/false', ffprobe: '/bin/false' }
  await assert.rejects(readCapabilities(programs), { code: 'ffmpeg_missing' })
})
