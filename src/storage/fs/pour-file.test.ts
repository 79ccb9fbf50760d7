import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { scratch } from '../../../test/support/storage-contract.ts'
import { openBytes, readBytes } from './pour-file.ts'

async function makeFile(t: TestContext, sizeBytes: number) {
  const path = join(await scratch(t), 'file')
  const bytes = randomBytes(sizeBytes)
  await writeFile(path, bytes)
  return { path, bytes }
}

/** What a reader gets that is slow about some pieces, and looks at each only at its end. */
async function collect(path: string, start: number, end: number): Promise<Buffer> {
  const opened = await openBytes(path, { start, end })
  const pieces: Buffer[] = []
  await opened.pour(async (piece) => {
    for (let turn = 0; turn < pieces.length % 3; turn += 1) await setImmediate()
    pieces.push(Buffer.from(piece))
  })
  await opened.close()
  return Buffer.concat(pieces)
}

test('a part of a file is given to the byte, also to many at once that share memory (M-10)', async (t) => {
  const { path, bytes } = await makeFile(t, readBytes * 3 + 17)
  const last = bytes.length - 1
  const parts = [
    [0, last],
    [1, 1],
    [readBytes - 1, readBytes],
    [5, readBytes * 2 + 4],
    [last, last],
  ] as const
  for (let round = 0; round < 3; round += 1) {
    const read = await Promise.all(parts.map(([start, end]) => collect(path, start, end)))
    for (const [index, [start, end]] of parts.entries()) {
      assert.ok(read[index]?.equals(bytes.subarray(start, end + 1)), `${start}-${end}`)
    }
  }
})

test('who stops taking gets no more, and the file can be closed', async (t) => {
  const { path } = await makeFile(t, readBytes * 4)
  const opened = await openBytes(path, { start: 0, end: readBytes * 4 - 1 })
  let pieces = 0
  const pouring = opened.pour(async () => {
    pieces += 1
    throw new Error('the viewer left')
  })
  await assert.rejects(pouring, /the viewer left/)
  assert.equal(pieces, 1)
  await opened.close()
})

test('a file that ends early is an error, never a shorter film', async (t) => {
  const { path } = await makeFile(t, 10)
  const opened = await openBytes(path, { start: 0, end: 19 })
  const pouring = opened.pour(() => Promise.resolve())
  await assert.rejects(pouring, { code: 'object_not_found' })
  await opened.close()
})
