import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOf, isGood } from './key-facts.ts'

test('A key ends when its maker said, or never, and is not good once it was revoked (U110)', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  assert.equal(endOf('30', now), '2026-01-31T00:00:00.000Z')
  assert.equal(endOf('never', now), null)
  assert.equal(isGood({ revokedAt: null, expiresAt: null }, now), true)
  assert.equal(isGood({ revokedAt: null, expiresAt: '2025-12-31T00:00:00Z' }, now), false)
  assert.equal(isGood({ revokedAt: '2025-12-31T00:00:00Z', expiresAt: null }, now), false)
})
