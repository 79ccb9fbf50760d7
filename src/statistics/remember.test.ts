import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rememberFor } from './remember.ts'

test('many who ask at once are one, and whoever comes later is told the same for a while', async () => {
  let calls = 0
  const read = rememberFor({ keptMs: 60_000 }, async () => (calls += 1))
  const subject = {}
  assert.deepEqual(await Promise.all([read(subject), read(subject)]), [1, 1])
  assert.equal(await read(subject), 1)
  assert.equal(await read({}), 2)
})

test('a failure is not remembered', async () => {
  let calls = 0
  const read = rememberFor({ keptMs: 0 }, async () => {
    calls += 1
    if (calls === 1) throw new Error('away')
    return calls
  })
  const subject = {}
  await assert.rejects(read(subject), /away/)
  assert.equal(await read(subject), 2)
})
