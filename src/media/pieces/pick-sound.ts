import { refuse } from '../boxes/refuse.ts'
import type { MovieTrack } from '../mp4/parse-movie.ts'
import type { FileSample } from '../mp4/sample-list.ts'

interface Wanted {
  /** Samples that are to be heard. */
  readonly samples: number
  /** Coded frames before them. */
  readonly leadFrames: number
  /** Samples in a coded frame. */
  readonly frameSamples: number
}

/**
 * The coded frames of a track of sound that are wanted: those of the encoder's priming but for
 * `leadFrames` are left out (a frame needs the one before it to sound right, and no others), and so
 * is what comes after the end. Fails with `segment_refused` where the priming is no whole number of
 * frames, sound is missing, or the frames are not alike.
 *
 * @param track - its clock counts samples.
 */
export function pickSound(track: MovieTrack, wanted: Wanted): FileSample[] {
  const { samples, leadFrames, frameSamples } = wanted
  if (track.handler !== 'soun') refuse('The track is not sound.', { handler: track.handler })
  const surplus = track.leadTicks / frameSamples - leadFrames
  if (!Number.isInteger(surplus) || surplus < 0) {
    refuse('The priming of the sound is no whole number of frames.', { found: track.leadTicks })
  }
  const count = Math.ceil(samples / frameSamples) + leadFrames
  const picked = track.samples.slice(surplus, surplus + count)
  // An encoder may leave out an end of less than a frame.
  if (picked.length < count - 1) refuse('Sound is missing.', { count, found: picked.length })
  for (const [index, { durationTicks }] of picked.entries()) {
    const isLast = index === track.samples.length - surplus - 1
    const isWhole = durationTicks === frameSamples
    if (!isWhole && !(isLast && durationTicks > 0 && durationTicks < frameSamples)) {
      refuse('The frames of the sound are not alike.', { durationTicks })
    }
  }
  return endAt(picked, samples + leadFrames * frameSamples)
}

/** The last frame is heard as far as there is to be sound. */
function endAt(frames: readonly FileSample[], endTicks: number): FileSample[] {
  const before = frames.slice(0, -1).reduce((sum, { durationTicks }) => sum + durationTicks, 0)
  return frames.map((frame, index) => {
    if (index < frames.length - 1) return frame
    return { ...frame, durationTicks: Math.min(frame.durationTicks, endTicks - before) }
  })
}
