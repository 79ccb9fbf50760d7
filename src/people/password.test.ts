import assert from 'node:assert/strict'
import { scryptSync } from 'node:crypto'
import { test } from 'node:test'
import { generatePassword, hashPassword, verifyPassword } from './password.ts'

test('A password is kept as a salted scrypt hash that says how it was made (U110, P-77)', async () => {
  const [one, two] = await Promise.all([hashPassword('Grüße, Ada'), hashPassword('Grüße, Ada')])
  assert.notEqual(one, two)
  assert.match(one, /^\$scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/)
  assert.deepEqual(await verifyPassword('Grüße, Ada', one), { isRight: true, isOutdated: false })
  const decomposed = 'Grüße, Ada'.normalize('NFD')
  assert.equal((await verifyPassword(decomposed, one)).isRight, true)
  assert.equal((await verifyPassword('grüße, Ada', one)).isRight, false)
})

test('A weaker hash of before is understood, and told as outdated (P-77)', async () => {
  const salt = Buffer.from('sixteen bytes ok')
  const digest = scryptSync('secret', salt, 32, { N: 1024, r: 8, p: 1 })
  const hash = `$scrypt$ln=10,r=8,p=1$${salt.toString('base64url')}$${digest.toString('base64url')}`
  assert.deepEqual(await verifyPassword('secret', hash), { isRight: true, isOutdated: true })
})

test('What is no hash of ours fits no password', async () => {
  for (const hash of [null, '', 'secret', '$2b$10$abcdefghijklmnopqrstuv']) {
    assert.equal((await verifyPassword('secret', hash)).isRight, false)
  }
  assert.match(generatePassword(), /^[\w]{20}$/)
})
