import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeDurations } from './durations.ts'

test('any run of durations adds up to the truth within two microseconds', () => {
  const parts = Array.from({ length: 2000 }, (_, n) => ({ durationTicks: 180_180 + (n % 3) }))
  const written = writeDurations(parts, 30_000).map(Number)
  for (const first of [0, 1, 777]) {
    let ticks = 0
    let seconds = 0
    for (let index = first; index < parts.length; index++) {
      ticks += parts[index]?.durationTicks ?? 0
      seconds += written[index] ?? 0
      assert.ok(Math.abs(seconds - ticks / 30_000) < 2e-6)
    }
  }
})
