import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPrefix, isKey } from './keys.ts'

test('Keys are relative paths of plain names (U115)', () => {
  for (const key of ['a', 'videos/0b/1/720p/0.m4s', 'a_b-c.d', '-x', '_'])
    assert.ok(isKey(key), key)
  for (const key of [
    '',
    '/',
    '/a',
    'a/',
    '.',
    '..',
    'a/..',
    '.hidden',
    'a//b',
    'a\\b',
    'a b',
    'é',
  ]) {
    assert.ok(!isKey(key), key)
  }
  assert.ok(!isKey('a'.repeat(201)))
  assert.ok(!isKey('a/'.repeat(600).slice(0, -1)))
})

test('A prefix is a folder, with or without the slash', () => {
  assert.equal(checkPrefix('a/b'), 'a/b/')
  assert.equal(checkPrefix('a/b/'), 'a/b/')
  assert.equal(checkPrefix(''), '')
  assert.throws(() => checkPrefix('a//'), { code: 'key_invalid' })
})
