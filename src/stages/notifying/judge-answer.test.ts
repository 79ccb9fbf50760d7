import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, type Circumstances, judgeAnswer } from './judge-answer.ts'
import { readRetryAfterMs } from './retry-after.ts'
import { maxAttempts, retryDelayMs } from './retry-schedule.ts'

const now = new Date('2026-01-02T03:04:05Z')

function judge(answer: Partial<Answer>, circumstances: Partial<Circumstances> = {}) {
  return judgeAnswer(
    { status: null, failure: null, retryAfter: null, ...answer },
    { format: 'standard', attempt: 1, now, random: 0.5, ...circumstances },
  )
}

test('2xx is delivered, 3xx final, 410 ends the endpoint, everything else is tried again (U91, C-38)', () => {
  for (const status of [200, 201, 204, 299]) assert.equal(judge({ status }).kind, 'delivered')
  for (const status of [100, 301, 302, 304, 308]) {
    assert.deepEqual(judge({ status }), { kind: 'failed', disable: null }, String(status))
  }
  assert.deepEqual(judge({ status: 410 }), { kind: 'failed', disable: 'It answered 410 Gone.' })
  for (const status of [400, 401, 404, 408, 429, 500, 502, 503]) {
    assert.equal(judge({ status }).kind, 'retry', String(status))
  }
  assert.equal(judge({ failure: 'address_unreachable' }).kind, 'retry')
  assert.equal(judge({ failure: 'address_refused' }).kind, 'failed')
})

test('the gRPC form takes 3xx and 4xx as final, 5xx and broken connections as passing (V-86)', () => {
  const format = 'request_reference'
  for (const status of [301, 400, 404, 429]) {
    assert.equal(judge({ status }, { format }).kind, 'failed', String(status))
  }
  for (const status of [500, 503]) assert.equal(judge({ status }, { format }).kind, 'retry')
  assert.equal(judge({ failure: 'address_unreachable' }, { format }).kind, 'retry')
})

test('attempts go on for three days, with growing pauses, and then end (U91)', () => {
  const delays = Array.from({ length: maxAttempts }, (_, index) => retryDelayMs(index + 1, 0.5))
  assert.equal(delays.at(-1), null)
  const all = delays.flatMap((delay) => delay ?? [])
  assert.deepEqual(
    all,
    all.toSorted((a, b) => a - b),
  )
  const hours = all.reduce((sum, delay) => sum + delay, 0) / 3600_000
  assert.ok(hours >= 72 && hours < 76, `${hours} h`)
  assert.equal(judge({ status: 500 }, { attempt: maxAttempts }).kind, 'failed')
  assert.notEqual(retryDelayMs(1, 0), retryDelayMs(1, 1))
})

test('Retry-After is heeded as seconds and as a date, never sooner than planned, at most a day (U91)', () => {
  const delay = (retryAfter: string) => {
    const verdict = judge({ status: 503, retryAfter })
    return verdict.kind === 'retry' ? verdict.delayMs : null
  }
  assert.equal(delay('120'), 120_000)
  assert.equal(delay('Fri, 02 Jan 2026 03:05:05 GMT'), 60_000)
  assert.equal(delay('0'), 5_000)
  assert.equal(delay('99999999'), 24 * 3600_000)
  for (const text of ['soon', '-5', '1.5', '', '99999999999999']) {
    assert.equal(readRetryAfterMs(text, now), null, text)
  }
  assert.equal(readRetryAfterMs('Thu, 01 Jan 1970 00:00:00 GMT', now), 0)
})
