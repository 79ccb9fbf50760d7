import assert from 'node:assert/strict'
import { test } from 'node:test'
import { delayMs, retryStrategy } from './retry.ts'

const sum = (random: () => number): number =>
  [1, 2, 3, 4, 5, 6, 7].reduce((total, retry) => total + delayMs(retry, random), 0)

test('Eight tries outlast five seconds whatever chance says, and end in fifteen (V-67)', () => {
  assert.ok(sum(() => 0) > 6900)
  assert.ok(sum(() => 1) < 15_000)
})

test('What the caller did wrong is not tried again, and the rest only so often', async () => {
  const strategy = retryStrategy({ attempts: 3, random: () => 0 })
  const failure = { errorType: 'TRANSIENT', error: { name: 'reset', message: '' } } as const
  const first = await strategy.acquireInitialRetryToken('')
  const second = await strategy.refreshRetryTokenForRetry(first, failure)
  assert.equal(second.getRetryDelay(), 100)
  const third = await strategy.refreshRetryTokenForRetry(second, failure)
  await assert.rejects(strategy.refreshRetryTokenForRetry(third, failure))
  await assert.rejects(
    strategy.refreshRetryTokenForRetry(first, { ...failure, errorType: 'CLIENT_ERROR' }),
  )
})
