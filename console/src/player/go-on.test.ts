import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPlace } from './go-on.ts'

const asked = { seconds: 90, isPlaying: true }

test('A film at another address goes on where it was, playing or not', () => {
  const watched = { hasStarted: true, seconds: 720.5, isPaused: false }
  assert.deepEqual(findPlace(watched, asked), { seconds: 720.5, isPlaying: true })
  const paused = { ...watched, isPaused: true }
  assert.deepEqual(findPlace(paused, asked), { seconds: 720.5, isPlaying: false })
  const rewound = { ...watched, seconds: 0 }
  assert.deepEqual(findPlace(rewound, asked), { seconds: 0, isPlaying: true })
})

test('A film that has not begun yet begins where it was asked to, or where somebody went since', () => {
  const still = { hasStarted: false, seconds: 0, isPaused: true }
  assert.deepEqual(findPlace(still, asked), asked)
  assert.deepEqual(findPlace({ ...still, seconds: 30 }, { seconds: 90, isPlaying: false }), {
    seconds: 30,
    isPlaying: false,
  })
})
