import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodePictures, encodeSound, videoCodecs } from './clip.test-support.ts'
import { isSameInit } from './is-same-init.ts'
import { writeInit } from './write-init.ts'

test('an init is the same as that which is written of it, whatever else was in it', async () => {
  for (const codec of Object.keys(videoCodecs) as (keyof typeof videoCodecs)[]) {
    const { init } = await encodePictures(codec, { frames: 1 })
    assert.ok(isSameInit(init, writeInit(init)), codec)
    // Another lead shows each picture at another time.
    assert.ok(!isSameInit(init, writeInit(init, { leadTicks: 512 })), codec)
  }
  const { init } = await encodeSound(0.1)
  assert.ok(isSameInit(init, writeInit(init, { leadTicks: 1024, language: 'deu' })))
})

test('an init of another clock, size or other parameter sets is another', async () => {
  const { init } = await encodePictures('h264', { frames: 1 })
  const { init: sound } = await encodeSound(0.1)
  const change = (bytes: Buffer, box: string, offset: number): Buffer => {
    const changed = Buffer.from(bytes)
    const at = changed.indexOf(box) + 4 + offset
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    return changed
  }
  assert.ok(isSameInit(init, Buffer.from(init)))
  assert.ok(!isSameInit(init, sound))
  assert.ok(!isSameInit(init, change(init, 'mdhd', 15)))
  assert.ok(!isSameInit(init, change(init, 'avc1', 25)))
  assert.ok(!isSameInit(init, change(init, 'avcC', 20)))
  assert.ok(!isSameInit(sound, change(sound, 'esds', 36)))
})
