import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTimes } from './studio-tasks.ts'

test('an edit that can leave nothing of any video is refused when it is ordered', () => {
  const refusal = { code: 'invalid_request' }
  const cut = (options: { start?: number; end?: number }) => [{ name: 'cut', options }] as const
  assert.throws(() => checkTimes([...cut({})]), refusal)
  assert.throws(() => checkTimes([...cut({ start: 4, end: 2 })]), refusal)
  assert.throws(() => checkTimes([...cut({ end: 0 })]), refusal)
  const segments = [{ start: 2, end: 2 }]
  assert.throws(() => checkTimes([{ name: 'remove-segments', options: { segments } }]), refusal)
  assert.doesNotThrow(() => checkTimes([...cut({ start: 1, end: 2 }), ...cut({ start: 3 })]))
})
