import assert from 'node:assert/strict'
import { open, stat } from 'node:fs/promises'
import { test } from 'node:test'
import type { ReelmillError } from '#errors/reelmill-error.ts'
import { makeClip } from '../../../test/support/clip.ts'
import { makeFolder } from '../../../test/support/files.ts'
import { spawnFfmpeg } from '../ffmpeg/run.ts'
import { verifyDecoding } from './verify-decoding.ts'

const verify = (path: string, demuxer = 'mov') =>
  verifyDecoding({ source: { kind: 'file', path }, demuxer, streams: [0], durationSeconds: 4 }, {})

test('a clean file passes the decode check; one with overwritten bytes fails with the lines of ffmpeg (P-43, U21)', async (t) => {
  const folder = await makeFolder(t)
  const path = await makeClip({ folder, output: ['-movflags', '+faststart'] })
  await verify(path)
  const { size } = await stat(path)
  const file = await open(path, 'r+')
  await file.write(Buffer.alloc(2000, 0x5a), 0, 2000, Math.floor(size * 0.6))
  await file.close()
  await assert.rejects(verify(path), (error: ReelmillError) => {
    assert.equal(error.code, 'source_damaged')
    assert.equal(error.retryable, false)
    assert.ok((error.details['ffmpeg'] as string[]).length > 0)
    return true
  })
})

test('error lines about times that do not rise, or about the pictures before the first key frame, are no damage (WP10, U21)', async (t) => {
  const folder = await makeFolder(t)
  const whole = await makeClip({ folder, name: 'whole.ts', output: ['-f', 'mpegts'] })
  // Begins in the middle of a group of pictures.
  const cut = `${folder}/cut.ts`
  const { size } = await stat(whole)
  const skip = Math.floor(size / 3 / 188) * 188
  const bytes = Buffer.alloc(size - skip)
  const file = await open(whole)
  await file.read(bytes, 0, bytes.length, skip)
  await file.close()
  const target = await open(cut, 'w')
  await target.write(bytes)
  await target.close()
  const { stderrTail } = await spawnFfmpeg(['-i', cut, '-map', '0:v', '-f', 'null', '-']).done
  assert.ok(stderrTail.length > 0, 'there is something to be overlooked')
  await verify(cut, 'mpegts')
})
