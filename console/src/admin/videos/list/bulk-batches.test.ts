import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askInBatches } from './bulk-batches.ts'

const videos = Array.from({ length: 250 }, (_, at) => ({ id: `id ${at}`, name: `name ${at}` }))

test('Where a later call fails, what was done and refused before is told, and the rest too', async () => {
  const { done, refused } = await askInBatches('delete', videos, async ({ ids }) => {
    if (ids.includes('id 100')) throw new Error('The connection broke.')
    return { results: ids.map((id) => ({ id, success: id !== 'id 7', error: 'It is held.' })) }
  })
  assert.equal(done, 99)
  assert.equal(refused.length, 151)
  assert.deepEqual(refused[0], { id: 'id 7', name: 'name 7', reason: 'It is held.' })
  assert.equal(refused[1]?.reason, 'The connection broke.')
  assert.equal(refused.at(-1)?.reason, 'Not tried after that.')
})

test('Where the first call fails, nothing is known to be done', async () => {
  const ask = () => Promise.reject(new Error('The connection broke.'))
  await assert.rejects(askInBatches('retry', videos, ask), /broke/)
})
