import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { encodePictures, frameTicks, gopFrames } from './clip.test-support.ts'
import { inspectSegment } from './inspect-segment.ts'
import { type ParsedVideoInit, parseInit } from './parse-init.ts'
import { readSparsely } from './read-sparsely.ts'
import { rewriteFragment } from './rewrite-fragment.ts'
import { writeInit } from './write-init.ts'
import { writeSegment } from './write-segment.ts'

const leadTicks = 2 * frameTicks
const ordered = { baseDecodeTime: 0, samples: 25, frameTicks, gopFrames, maxBytes: 10_000_000 }
const windowBytes = 512

suite('readSparsely', () => {
  let init: ParsedVideoInit
  let segment: Buffer
  before(async () => {
    const clip = await encodePictures('h264', { frames: 25 })
    init = parseInit(writeInit(clip.init, { leadTicks })) as ParsedVideoInit
    segment = writeSegment(
      clip.fragments.flatMap((fragment, gop) => {
        const baseDecodeTime = gop * gopFrames * frameTicks
        return rewriteFragment(fragment, { sequenceNumber: 1 + gop, baseDecodeTime, leadTicks })
      }),
    )
  })

  async function read(bytes: Buffer) {
    let readBytes = 0
    const sparse = await readSparsely({
      sizeBytes: bytes.length,
      windowBytes,
      trackDefaults: init.trackDefaults,
      read: async (position, length) => {
        readBytes += length
        return bytes.subarray(position, position + length)
      },
    })
    return { sparse, readBytes }
  }

  test('a part of a segment tells what the whole tells', async () => {
    const { sparse, readBytes } = await read(segment)
    assert.deepEqual(
      inspectSegment(sparse, { init, ...ordered, isSparse: true }),
      inspectSegment(segment, { init, ...ordered }),
    )
    assert.ok(readBytes < segment.length / 2, `${readBytes} of ${segment.length}`)
  })

  test('a first picture that is no key frame shows, however much was not read', async () => {
    const bad = Buffer.from(segment)
    // The IDR behind the length and the first units: every 0x65 of it becomes a picture of type 1.
    const mdat = bad.indexOf('mdat', 0, 'latin1') + 4
    for (let at = mdat; at < mdat + 2000; at++) if (bad[at] === 0x65) bad[at] = 0x41
    const { sparse } = await read(bad)
    assert.throws(() => inspectSegment(sparse, { init, ...ordered, isSparse: true }), {
      code: 'segment_refused',
    })
  })

  test('what is no segment is refused, and read to no end', async () => {
    const cut = segment.subarray(0, segment.length - 1)
    const endless = Buffer.alloc(4_000_000)
    for (let at = 0; at + 8 <= endless.length; at += 8)
      endless.write('\0\0\0\x08free', at, 'latin1')
    for (const bytes of [cut, endless, Buffer.from('no')]) {
      await assert.rejects(read(bytes), { code: 'segment_refused' })
    }
  })

  test('one that is shorter than it was found is refused', async () => {
    const read = async () => Buffer.alloc(0)
    await assert.rejects(readSparsely({ sizeBytes: 100, read }), { code: 'segment_refused' })
  })
})
