import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCallCounter } from './call-counter.ts'
import { networkOf } from './network-of.ts'

test('calls are counted by caller in windows that begin with the first', () => {
  const { count } = createCallCounter({ limit: 2, windowMs: 1000, maxCallers: 10 })
  assert.deepEqual(count('192.0.2.1', 0), {
    limit: 2,
    remaining: 1,
    isOver: false,
    endsAtMs: 1000,
  })
  assert.equal(count('192.0.2.1', 900).isOver, false)
  assert.equal(count('192.0.2.1', 999).isOver, true)
  assert.equal(count('192.0.2.2', 999).isOver, false)
  assert.equal(count('192.0.2.1', 1000).isOver, false)
})

test('memory is bounded: of too many callers the oldest is forgotten', () => {
  const { count } = createCallCounter({ limit: 1, windowMs: 1000, maxCallers: 3 })
  for (const last of [1, 2, 3]) count(`192.0.2.${last}`, 0)
  assert.equal(count('192.0.2.3', 1).isOver, true)
  assert.equal(count('192.0.2.4', 1).isOver, false)
  assert.equal(count('192.0.2.3', 1).isOver, true)
  assert.equal(count('192.0.2.1', 1).isOver, false)
})

test('an IPv6 network of a customer is one caller, an IPv4 address is itself', () => {
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1')
  assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1')
  const cases = [
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ] as const
  for (const [ip, caller] of cases) assert.equal(networkOf(ip), caller)
})
