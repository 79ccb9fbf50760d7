import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgePassword } from './password-strength.ts'

test('A password is told to be too short, easy, fair or strong (P-77, P-78)', () => {
  const words = [
    'short',
    'aaaaaaaaaaaaaa',
    'holidays12',
    'a long password with words',
    'xQ7#mL2!vR',
  ]
  assert.deepEqual(
    words.map((password) => judgePassword(password, 10).tone),
    ['bad', 'bad', 'bad', 'good', 'warn'],
  )
  assert.equal(judgePassword('', 10).share, 0)
})
