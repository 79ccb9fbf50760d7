import { setTimeout as delay } from 'node:timers/promises'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { AcceptedJob } from './answers.ts'

/** The openings that a runner has at work: the first segments of videos, which people wait for. */
export interface Openings {
  /** Does a job, and has it count as an opening meanwhile if it is one. */
  readonly during: <T>(job: AcceptedJob, work: () => Promise<T>) => Promise<T>
  /**
   * What a segment of the job waits for before it is handed in: nothing, or, behind the first one of
   * sound, once, that the opening of its video is done where that is at work here.
   */
  readonly giveWay: (job: AcceptedJob, signal: AbortSignal) => (number: number) => Promise<void>
}

/** Longer than an opening takes, shorter than what the encoder of sound is given beyond its work. */
const patienceMs = 15_000

const OfVideo = Type.Object({ videoId: Type.String() })
const Opening = Type.Object({
  grid: Type.Object({ segmentFrames: Type.Number() }),
  chunk: Type.Object({ firstFrame: Type.Literal(0), frames: Type.Number() }),
})

/**
 * The sound of minutes is encoded within the seconds in which the opening is, and takes a quarter of
 * two cores from it, half of that for handing its segments in. Its first segment is all that people
 * wait for: the rest waits until the opening of the same video is done. Not for those of others, or
 * the sound of many videos would fall behind their pictures.
 */
export function createOpenings(): Openings {
  const atWork = new Map<string, Promise<unknown>>()
  return {
    async during(job, work) {
      const video = findVideo(job)
      const done = work()
      if (video === null || !isOpening(job)) return done
      atWork.set(video, done)
      try {
        return await done
      } finally {
        if (atWork.get(video) === done) atWork.delete(video)
      }
    },
    giveWay(job, signal) {
      const video = job.type === 'vod-audio-encoding' ? findVideo(job) : null
      let gaveWay: Promise<void> | null = null
      return async (number) => {
        if (video === null || number === 0) return
        gaveWay ??= waitFor(atWork.get(video), signal)
        await gaveWay
      }
    },
  }
}

function findVideo({ payload }: AcceptedJob): string | null {
  return Value.Check(OfVideo, payload) ? payload.videoId : null
}

function isOpening({ payload }: AcceptedJob): boolean {
  return Value.Check(Opening, payload) && payload.chunk.frames <= payload.grid.segmentFrames
}

async function waitFor(opening: Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  if (!opening) return
  const stop = new AbortController()
  const patience = delay(patienceMs, undefined, { signal: AbortSignal.any([signal, stop.signal]) })
  // How the opening ends is its own matter.
  await Promise.race([opening, patience]).catch(() => undefined)
  stop.abort()
  await patience.catch(() => undefined)
}
