import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOver, type Trouble } from './trouble.ts'

const trouble: Trouble = { recoveries: 1, restarts: 3, untilSeconds: 24 }
const playing = { currentTime: 30, ended: false, paused: false, seeking: false }

test('A failure is over when its place has been played, and not by what lies before it', () => {
  assert.equal(isOver(trouble, playing), true)
  assert.equal(isOver(trouble, { ...playing, currentTime: 19.9 }), false)
  assert.equal(isOver(trouble, { ...playing, currentTime: 24.3 }), false)
})

test('A failure is not over because somebody went behind its place', () => {
  assert.equal(isOver(trouble, { ...playing, seeking: true }), false)
  assert.equal(isOver(trouble, { ...playing, paused: true }), false)
})

test('At the end of the film every failure is over', () => {
  assert.equal(isOver(trouble, { ...playing, currentTime: 24, paused: true, ended: true }), true)
})
