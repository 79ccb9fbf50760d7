import assert from 'node:assert/strict'
import { test } from 'node:test'
import { baseUrlOf } from './base-url.ts'

test('Addresses start with PUBLIC_URL, else with a name that leads to this machine', () => {
  const config = { publicUrl: null, host: '127.0.0.1', port: 8000 }
  assert.equal(baseUrlOf(config), 'http://localhost:8000')
  assert.equal(baseUrlOf({ ...config, host: '0.0.0.0' }), 'http://localhost:8000')
  assert.equal(baseUrlOf({ ...config, host: 'fd00::2' }), 'http://[fd00::2]:8000')
  assert.equal(baseUrlOf({ ...config, publicUrl: 'https://v.example/x/' }), 'https://v.example/x')
})
