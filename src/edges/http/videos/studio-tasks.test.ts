import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTimes, nameTaskFault } from './studio-tasks.ts'

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

test('what is wrong with a task is said of the kind that was meant', () => {
  const faultOf = (...tasks: unknown[]) => nameTaskFault(tasks)
  assert.equal(faultOf({ name: 'cut', options: { start: 1 } }), null)
  assert.match(
    faultOf({ name: 'cut', options: { start: '1' } }) ?? '',
    /^tasks\/0\/options\/start /,
  )
  assert.match(
    faultOf({ name: 'add-watermark', options: { file: 'a' } }) ?? '',
    /watermarkSizeRatio/,
  )
  assert.equal(faultOf({ name: 'paint' }), "tasks/0 has a name that is no task's")
  assert.equal(faultOf(null), "tasks/0 has a name that is no task's")
})
