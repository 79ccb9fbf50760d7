import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fastify } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { doToEach } from './bulk.ts'

const { log } = fastify()

const refuse = (bad: readonly string[]) => async (id: string) => {
  if (bad.includes(id)) throw new ReelmillError('job_not_found')
}

test('what became of many is told as a whole and one by one (P-76)', async () => {
  const all = await doToEach(['a', 'b', 'a'], refuse([]), log)
  assert.deepEqual(all, {
    success: 1,
    results: [
      { id: 'a', success: true },
      { id: 'b', success: true },
    ],
  })
  const some = await doToEach(['a', 'b'], refuse(['a']), log)
  assert.equal(some.success, 2)
  assert.deepEqual(some.results, [
    { id: 'a', success: false, code: 'job_not_found', error: 'There is no such job.' },
    { id: 'b', success: true },
  ])
  assert.equal((await doToEach(['a'], refuse(['a']), log)).success, 0)
})
