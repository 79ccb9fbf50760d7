import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Track } from '#media/tracks/track.ts'
import type { ChunkPlan } from '../planning/plan.ts'

/**
 * Proves that every rendition of the plan is there with every frame, and that all of them have the
 * same. What is missing here was lost after it had been handed in, which only we can have done.
 *
 * @throws ReelmillError `output_refused`, naming what is missing.
 */
export function requireWhole(plan: ChunkPlan, tracks: readonly Track[]): void {
  for (const { name } of [...plan.video, ...plan.audio]) {
    if (!tracks.some((track) => track.name === name)) refuse(`${name} is missing.`)
  }
  if (!plan.grid) return
  const { frameTicks } = plan.grid
  const counts = tracks
    .filter((track) => track.kind === 'video')
    .map((track) => ({ name: track.name, frames: countTicks(track) / frameTicks }))
  const expected = plan.grid.frames ?? counts[0]?.frames
  for (const { name, frames } of counts) {
    if (frames !== expected) refuse(`${name} has ${frames} frames, expected ${expected}.`)
  }
}

function countTicks(track: Track): number {
  return track.segments.reduce((sum, segment) => sum + segment.durationTicks, 0)
}

function refuse(sentence: string): never {
  throw new ReelmillError('output_refused', `The output is not whole: ${sentence}`)
}
