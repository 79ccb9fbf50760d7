import { toNumber } from '#media/rational.ts'
import type { Sources } from './open-sources.ts'

/** For how long pictures are missing beside the sound. */
export interface Hold {
  /** The sound starts this much earlier: the first picture is shown from its start. */
  readonly lateSeconds: number
  /** The sound goes on for this much longer: the last picture stays. */
  readonly restSeconds: number
}

/** Ends of pictures and sound differ by less in every usual file, and nobody minds. */
const usualRestSeconds = 1

/** Compares the time of the pictures with that of the sound that goes with them. */
export function measureHold({ main, inputs, sound }: Sources): Hold {
  const { video, audio, originSeconds } = main.media
  if (!video) return { lateSeconds: 0, restSeconds: 0 }
  const tickSeconds = toNumber(video.timeBase)
  const start = video.startPts * tickSeconds
  const earliest = Math.min(start, ...audio.map(({ startSeconds }) => startSeconds))
  const { input = 0, stream } = sound ?? {}
  const soundOrigin = inputs[input]?.media.originSeconds ?? 0
  const soundEnd = stream ? stream.startSeconds + (stream.durationSeconds ?? 0) - soundOrigin : 0
  const rest = soundEnd - (video.endPts * tickSeconds - originSeconds)
  return { lateSeconds: start - earliest, restSeconds: rest > usualRestSeconds ? rest : 0 }
}
