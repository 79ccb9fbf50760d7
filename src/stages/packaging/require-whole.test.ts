import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Track } from '#media/tracks/track.ts'
import type { ChunkPlan } from '../planning/plan.ts'
import { requireWhole } from './require-whole.ts'

/** As much of a plan as is looked at: one rendition of 25 frames a second, one track of sound. */
function planOf(frames: number | null): ChunkPlan {
  const grid = { frames, frameTicks: 40 }
  return { grid, video: [{ name: '90p' }], audio: [{ name: 'audio-0' }] } as unknown as ChunkPlan
}

function tracksOf(pictureSeconds: number, soundSeconds: number): Track[] {
  const track = (name: string, kind: Track['kind'], seconds: number) =>
    ({
      name,
      kind,
      timescale: 1000,
      segments: [{ durationTicks: seconds * 1000 }],
    }) as unknown as Track
  return [track('90p', 'video', pictureSeconds), track('audio-0', 'audio', soundSeconds)]
}

test('every rendition must have the frames that were counted', () => {
  requireWhole(planOf(75), tracksOf(3, 3))
  assert.throws(() => requireWhole(planOf(75), tracksOf(2, 3)), { code: 'output_refused' })
  assert.throws(() => requireWhole(planOf(75), tracksOf(3, 3).slice(0, 1)), /audio-0 is missing/)
})

test('pictures that only decoding counted, and that end before the sound, are a damaged file (U20)', () => {
  requireWhole(planOf(null), tracksOf(3, 3.05))
  requireWhole(planOf(null), tracksOf(3, 1))
  assert.throws(() => requireWhole(planOf(null), tracksOf(1.5, 3)), {
    code: 'source_damaged',
    message: /pictures end after 1\.5 s, its sound after 3\.0 s/,
  })
})
