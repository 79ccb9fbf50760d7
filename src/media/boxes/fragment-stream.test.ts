import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { suite, test } from 'node:test'
import { readBoxes } from './box.ts'
import { readFragments, type StreamPart } from './fragment-stream.ts'
import { writeBox } from './write-box.ts'

const stream = Buffer.concat([
  writeBox('ftyp', Buffer.from('iso6')),
  writeBox('free', Buffer.alloc(100)),
  writeBox('moov', Buffer.alloc(20, 1)),
  writeBox('moof', Buffer.alloc(5, 2)),
  writeBox('mdat', Buffer.alloc(70, 3)),
  writeBox('moof'),
  writeBox('mdat'),
  writeBox('mfra', Buffer.alloc(9)),
])

async function collect(bytes: Buffer, chunkBytes: number, options = {}): Promise<StreamPart[]> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, index) =>
    bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  )
  const parts: StreamPart[] = []
  for await (const part of readFragments(Readable.from(chunks), options)) parts.push(part)
  return parts
}

const refused = { code: 'segment_refused' }

suite('readFragments', () => {
  test('cuts a stream into init and fragments, however the pipe cuts it', async () => {
    for (const chunkBytes of [1, 7, 64, 10_000]) {
      const parts = await collect(stream, chunkBytes)
      assert.deepEqual(
        parts.map(({ kind }) => kind),
        ['init', 'fragment', 'fragment'],
      )
      assert.deepEqual(
        parts.flatMap(({ bytes }) => readBoxes(bytes).map(({ type, size }) => [type, size])),
        [
          ['ftyp', 12],
          ['moov', 28],
          ['moof', 13],
          ['mdat', 78],
          ['moof', 8],
          ['mdat', 8],
        ],
      )
    }
  })

  test('refuses a stream that ends anywhere but between its parts', async () => {
    const whole = stream.length - 17
    for (let length = whole - 1; length > whole - 16; length--) {
      await assert.rejects(collect(stream.subarray(0, length), 50), refused)
    }
    await assert.rejects(collect(stream.subarray(0, 30), 50), refused)
  })

  test('refuses boxes out of order, of absurd size, and larger than it may keep', async () => {
    await assert.rejects(collect(writeBox('mdat'), 50), refused)
    await assert.rejects(collect(Buffer.concat([writeBox('ftyp'), writeBox('mdat')]), 50), refused)
    await assert.rejects(collect(Buffer.from('00000003667265650000', 'hex'), 50), refused)
    await assert.rejects(collect(stream, 50, { maxBoxBytes: 40 }), refused)
  })
})

suite('readBoxes', () => {
  test('understands sizes of 64 bits and boxes that reach to the end', () => {
    const long = Buffer.concat([
      Buffer.from('00000001', 'hex'),
      Buffer.from('mdat'),
      Buffer.from('0000000000000012ffff', 'hex'),
    ])
    const toEnd = Buffer.concat([Buffer.alloc(4), Buffer.from('mdatabc')])
    const boxes = readBoxes(Buffer.concat([long, toEnd]))
    assert.deepEqual(
      boxes.map(({ offset, size, headerBytes, body }) => [offset, size, headerBytes, body.length]),
      [
        [0, 18, 16, 2],
        [18, 11, 8, 3],
      ],
    )
  })

  test('refuses what is not boxes to the very end', () => {
    for (const hex of ['00', '0000000766726565', '0000000966726565', '0000000166726565']) {
      assert.throws(() => readBoxes(Buffer.from(hex, 'hex')), refused)
    }
    const huge = `00000001${Buffer.from('mdat').toString('hex')}ffffffffffffffff`
    assert.throws(() => readBoxes(Buffer.from(huge, 'hex')), refused)
  })
})
