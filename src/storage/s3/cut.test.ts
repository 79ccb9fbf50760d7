import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutIntoParts, partBytes } from './cut.ts'

const cut = async (chunks: readonly string[], bytes: number): Promise<string[]> => {
  const body = chunks.map((chunk) => Buffer.from(chunk))
  return (await Array.fromAsync(cutIntoParts(body, bytes))).map(String)
}

test('A body becomes parts of one size, the last of what is left (V-36)', async () => {
  assert.deepEqual(await cut(['ab', 'cdefg', 'h'], 3), ['abc', 'def', 'gh'])
  assert.deepEqual(await cut(['abcdef'], 3), ['abc', 'def'])
  assert.deepEqual(await cut(['ab'], 3), ['ab'])
  assert.deepEqual(await cut(['', ''], 3), [''])
  assert.deepEqual(await cut([], 3), [''])
})

test('The ten thousand parts of an upload hold any source (V-36)', () => {
  const mebibyte = 1024 ** 2
  const sizes = Array.from({ length: 10_000 }, (_, index) => partBytes(index + 1, 8 * mebibyte))
  assert.ok(sizes.slice(0, 5000).every((size) => size === 8 * mebibyte))
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) > 500e9)
  // 100 GiB, the largest source by default, do with parts of 64 MiB.
  const needed = sizes.findIndex((_, index) => {
    return sizes.slice(0, index).reduce((sum, size) => sum + size, 0) >= 100 * 1024 ** 3
  })
  assert.ok((sizes[needed - 1] ?? 0) <= 64 * mebibyte)
})
