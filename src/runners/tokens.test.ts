import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashToken, hintOf, mintToken } from './tokens.ts'

const uuid4 = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

test('each kind of token has its prefix and a uuid4 (D-50, D-53, D-90)', () => {
  assert.match(mintToken('registration'), new RegExp(`^ptrrt-${uuid4}$`))
  assert.match(mintToken('runner'), new RegExp(`^ptrt-${uuid4}$`))
  assert.match(mintToken('job'), new RegExp(`^ptrjt-${uuid4}$`))
})

test('the hash of a token is 32 bytes and says nothing of the token (WD15)', () => {
  const token = mintToken('runner')
  assert.equal(hashToken(token).length, 32)
  assert.ok(!hashToken(token).toString('latin1').includes(token.slice(5)))
  assert.equal(hintOf(token).length, 4)
})
