import type { Grid } from '#jobs/payload.ts'
import type { Arrived } from '#media/prefix/arrived.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import { cutArrivedChunks } from './early-chunks.ts'
import { orderArrivedSound } from './early-sound.ts'
import type { Chunk, ChunkPlan, EarlyPlan, ReadSource } from './plan.ts'
import { describeSound, makeAudioJob, type PlannedJob, planJobs } from './plan-jobs.ts'
import { planVersion, wishForChunks } from './plan-version.ts'
import type { ChunkProfile } from './profile.ts'
import type { Fleet } from './share-renditions.ts'
import { whyNotContinued } from './why-not-continued.ts'

/** Filters look at a picture or two before and behind the one they make. */
const marginFrames = 4
/** Behind the openings of all videos that are there as a whole. */
const priorityBehind = 3

/** What is known of a source that is still arriving. */
export interface ArrivingSource {
  readonly media: MediaInfo
  readonly arrived: Arrived
  readonly arrivedBytes: number
  /** Of the copy in which it is read; absent: it is read itself. */
  readonly copyKey?: string
}

/** What is given out now; the plan holds all that was given out until now. */
export interface EarlyOrder {
  readonly plan: ChunkPlan
  readonly jobs: readonly PlannedJob[]
}

/**
 * What can be given out of a source that is still arriving: an ordinary plan, of which only those
 * chunks and that sound are ordered which lie wholly in what is there. null while there is nothing
 * new; a plan that says why it stopped where what is known now does not go on from what was.
 *
 * @param fleet - its runners that know chunks; others are given nothing early.
 * @param before - what was given out until now.
 */
export function planEarly(
  source: ArrivingSource,
  profile: ChunkProfile,
  fleet: Fleet,
  before: EarlyPlan | null,
): EarlyOrder | null {
  const known = planVersion(source.media, profile, { ...fleet, stock: 0 })
  if (!known.grid || known.grid.frames === null) return null
  const stopped = before && whyNotContinued(before, known, readSource(source.media))
  if (before && stopped) {
    return { plan: { ...before, early: { ...before.early, stopped } }, jobs: [] }
  }
  const given = before?.chunks ?? []
  const wishes = wishForChunks(profile, fleet)
  const arrivedFrames = countArrived(source, known.grid)
  const fresh = cutArrivedChunks(known.grid, wishes, given, arrivedFrames)
  const plan = { ...known, chunks: [...given, ...fresh] }
  return orderArrived(plan, source, fresh, before?.early.soundSegments ?? 0)
}

/** Orders new chunks, and the sound where more of it is worth while; null where neither is. */
function orderArrived(
  plan: ChunkPlan,
  { media, arrived, arrivedBytes, copyKey }: ArrivingSource,
  fresh: readonly Chunk[],
  soundBefore: number,
): EarlyOrder | null {
  if (plan.chunks.length === 0) return null
  const arrivedSound = arrived.soundSeconds - media.originSeconds
  const sound = orderArrivedSound(describeSound(plan, media), arrivedSound, soundBefore)
  if (fresh.length === 0 && !sound) return null
  const jobs = [...listJobsOf(fresh, plan, media), ...(sound ? [makeAudioJob(sound)] : [])]
  const soundSegments = sound?.segmentsAtMost ?? soundBefore
  const copy = copyKey === undefined ? {} : { copyKey }
  const early = { arrivedBytes, soundSegments, source: readSource(media), ...copy }
  return {
    plan: { ...plan, early },
    jobs: jobs.map((job) => ({ ...job, priority: job.priority + priorityBehind })),
  }
}

/** Frames of the grid that can be made of the pictures that are there. */
function countArrived({ media, arrived }: ArrivingSource, { frameRate }: Grid): number {
  const seconds = arrived.pictureSeconds - media.originSeconds
  return Math.floor(seconds * toNumber(frameRate)) - marginFrames
}

function listJobsOf(chunks: readonly Chunk[], plan: ChunkPlan, media: MediaInfo): PlannedJob[] {
  const from = chunks[0]?.firstFrame ?? Number.POSITIVE_INFINITY
  return planJobs(plan, media).filter(
    ({ payload }) => payload.type === 'vod-chunk-encoding' && payload.chunk.firstFrame >= from,
  )
}

/** How the jobs of a plan read their source. */
export function readSource({ demuxer, originSeconds, video }: MediaInfo): ReadSource {
  return { demuxer, originSeconds, videoStream: video?.index ?? null }
}
