import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideAccess } from './access.ts'

const local = { adminKey: null, host: '127.0.0.1', publicUrl: null }

test('Without a key the API is open to the machine itself (U142)', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '127.1.2.3']) {
    assert.equal(decideAccess({ ...local, host }).kind, 'local', host)
  }
})

test('Without a key nothing that opens the API to a network starts (U110, U142)', () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org', '']) {
    assert.throws(() => decideAccess({ ...local, host }), { code: 'invalid_setting' }, host)
  }
  const publicUrl = 'https://videos.example.org'
  assert.throws(() => decideAccess({ ...local, publicUrl }), /PUBLIC_URL.*ADMIN_KEY/)
})

test('With a key any address is fine', () => {
  assert.deepEqual(decideAccess({ ...local, host: '0.0.0.0', adminKey: 'secret' }), {
    kind: 'key',
    key: 'secret',
  })
})
