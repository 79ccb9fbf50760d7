import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWayBack, wayToLogin } from './way-back.ts'

test('A login leads back to where one came from, and to no other site (C-03)', () => {
  const back = (address: string) => readWayBack(new URL(address, 'http://here').searchParams)
  assert.equal(back(wayToLogin({ pathname: '/upload', search: '?profile=x' })), '/upload?profile=x')
  assert.equal(back('/login'), '/')
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:0',
  ]) {
    assert.equal(back(`/login?next=${encodeURIComponent(next)}`), '/', next)
  }
})
