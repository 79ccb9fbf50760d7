import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Track } from '#media/tracks/track.ts'
import type { ChunkPlan } from '../planning/plan.ts'

/** What sound may be longer than pictures whose number only decoding told. */
const laterSoundSeconds = 0.1

/**
 * Proves that every rendition of the plan is there with every frame, and that all of them have the
 * same. What is missing here was lost after it had been handed in, which only we can have done.
 *
 * @throws ReelmillError `output_refused`, naming what is missing; `source_damaged` where the pictures
 * had to be read to be counted, and end before the sound does.
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
  if (plan.grid.frames === null) requireSameEnd(tracks)
}

/** The file's container told of pictures that are not there, or that nobody can decode. */
function requireSameEnd(tracks: readonly Track[]): void {
  const endOf = (kind: Track['kind']) => {
    const ends = tracks.filter((each) => each.kind === kind).map(measureSeconds)
    return Math.max(0, ...ends)
  }
  const [pictures, sound] = [endOf('video'), endOf('audio')]
  if (sound - pictures <= laterSoundSeconds) return
  throw new ReelmillError(
    'source_damaged',
    `The file is damaged: its pictures end after ${pictures.toFixed(1)} s, its sound after ${sound.toFixed(1)} s.`,
  )
}

function measureSeconds(track: Track): number {
  return countTicks(track) / track.timescale
}

function countTicks(track: Track): number {
  return track.segments.reduce((sum, segment) => sum + segment.durationTicks, 0)
}

function refuse(sentence: string): never {
  throw new ReelmillError('output_refused', `The output is not whole: ${sentence}`)
}
