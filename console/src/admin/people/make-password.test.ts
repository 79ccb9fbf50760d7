import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makePassword } from './make-password.ts'

test('A password that is made is long, can be read out, and is another each time (P-77)', () => {
  const make = () => makePassword((bytes) => crypto.getRandomValues(bytes))
  assert.match(make(), /^([a-hjkmnp-z2-9]{6}-){3}[a-hjkmnp-z2-9]{6}$/)
  assert.notEqual(make(), make())
})
