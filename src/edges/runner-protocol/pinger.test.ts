import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPinger } from './pinger.ts'

test('the first ping of a burst goes out at once, the rest as one', async () => {
  let sent = 0
  const second = Promise.withResolvers<void>()
  const pinger = createPinger(() => {
    sent += 1
    if (sent === 2) second.resolve()
  })
  for (let burst = 0; burst < 1000; burst += 1) pinger.ping()
  assert.equal(sent, 1)
  await second.promise
  // Had the gap not begun anew with the second, this one would go out at once.
  pinger.ping()
  assert.equal(sent, 2)
  pinger.close()
})

test('a ping for later comes later, and nothing comes after closing', async () => {
  const sent = Promise.withResolvers<void>()
  const pinger = createPinger(() => sent.resolve())
  pinger.pingIn(20)
  await sent.promise
  const closed = createPinger(() => assert.fail('pinged after closing'))
  closed.pingIn(0)
  closed.close()
  closed.pingIn(0)
  closed.ping()
  const later = Promise.withResolvers<void>()
  const open = createPinger(() => later.resolve())
  open.pingIn(20)
  await later.promise
})
