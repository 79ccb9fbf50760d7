import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOfferSpread } from './spread-offers.ts'

/** As PostgreSQL would list these jobs. */
const listing = (jobs: readonly number[]) => async (extra: number) => jobs.slice(0, 2 + extra)

test('runners that ask at the same time are told different jobs first (D-52, D-101)', async () => {
  const spread = createOfferSpread(() => 0)
  const list = listing([6, 7, 8, 9])
  const offers = await Promise.all([1, 2, 3, 4].map((runnerId) => spread(runnerId, list)))
  assert.deepEqual(
    offers.map(([first]) => first),
    [6, 7, 8, 9],
  )
  // Everything is told to somebody: still nobody gets an empty list.
  assert.deepEqual(await spread(5, list), [6, 7, 8, 9])
  assert.deepEqual(await spread(6, listing([])), [])
})

test('who asks again is told the same, and after a moment anybody is', async () => {
  let nowMs = 0
  const spread = createOfferSpread(() => nowMs)
  await spread(1, listing([7, 8]))
  nowMs = 100
  assert.deepEqual(await spread(1, listing([7, 8])), [7, 8])
  nowMs = 249
  assert.deepEqual(await spread(2, listing([7, 8])), [8, 7])
  nowMs = 251
  assert.deepEqual(await spread(3, listing([7, 9])), [7, 9])
})

test('what is remembered has a limit, and a failure leaves nothing behind', async () => {
  const spread = createOfferSpread(() => 0)
  await assert.rejects(spread(0, () => Promise.reject(new Error('no database'))))
  let most = 0
  for (let id = 1; id < 500; id += 1) {
    await spread(id, async (extra) => {
      most = Math.max(most, extra)
      return [id]
    })
  }
  assert.equal(most, 250)
  const idle = createOfferSpread(() => 0)
  await spread(0, async () => [])
  await idle(0, async (extra) => {
    assert.equal(extra, 0)
    return []
  })
})
