import type {
  AudioPayload,
  ChunkPayload,
  JobPayload,
  JobType,
  SourceInput,
  VideoRendition,
} from '#jobs/payload.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { Chunk, ChunkPlan } from './plan.ts'

/** A job as planning orders it, for runners that know chunks. */
export interface PlannedJob {
  readonly type: JobType
  /** Lower first, over all waiting videos: the openings of all come before anything else of any. */
  readonly priority: number
  readonly label: string
  readonly payload: JobPayload
  readonly encoders: readonly string[]
  /** Pixels that are encoded, about: progress is measured by it. */
  readonly weight: number
}

const priorities = { openingLowest: 0, audio: 1, opening: 2 } as const

/**
 * The jobs of a plan, but for its pieces (plan-piece-jobs.ts). What can be played soonest comes
 * first: the first segment of the lowest rendition alone, the sound, the rest of the opening, then
 * chunk by chunk. Where nobody plays early all renditions of the opening are one job, which spares
 * a second decode.
 */
export function planJobs(plan: ChunkPlan, media: MediaInfo): PlannedJob[] {
  return [...planChunkJobs(plan, media), ...planAudioJobs(plan, media)]
}

function planChunkJobs(plan: ChunkPlan, media: MediaInfo): PlannedJob[] {
  const input = describeInput(media)
  const video = plan.video.filter(({ madeOf }) => madeOf !== 'pieces')
  const lowest = video.at(-1)
  const [opening, ...rest] = plan.chunks
  if (!lowest || !opening) return []
  const make = (
    chunk: Chunk,
    renditions: readonly VideoRendition[],
    priority: number,
    label: string,
  ) => makeChunkJob({ plan, media, input, chunk, renditions, priority, label })
  const others = video.filter((rendition) => rendition !== lowest)
  const isSplit = others.length > 0 && opening.frames !== null && (plan.playableEarly ?? true)
  const openings = isSplit
    ? [
        withoutDetour(make(opening, [lowest], priorities.openingLowest, `opening, ${lowest.name}`)),
        make(opening, others, priorities.opening, 'opening'),
      ]
    : [make(opening, video, priorities.openingLowest, 'opening')]
  return [
    ...openings,
    ...rest.map((chunk, index) =>
      make(chunk, video, priorities.opening + index + 1, `chunk ${index + 1}`),
    ),
  ]
}

interface ChunkOrder {
  readonly plan: ChunkPlan
  readonly media: MediaInfo
  readonly input: SourceInput
  readonly chunk: Chunk
  readonly renditions: readonly VideoRendition[]
  readonly priority: number
  readonly label: string
}

/**
 * With pictures that are scaled to the job's sizes straight from the largest one, where all others see
 * each size made of the next larger one. That is a third of the work of the segment for which people
 * wait, and changes less than its encoder does; but where nothing may be lost it stays as it is.
 */
function withoutDetour(job: PlannedJob): PlannedJob {
  const { payload } = job
  if (payload.type !== 'vod-chunk-encoding') return job
  const { picture, renditions } = payload
  if (renditions.some(({ encoder }) => encoder.lossless)) return job
  const scales = picture.scales.filter(
    ({ width, height }, index) =>
      index === 0 || renditions.some((each) => each.width === width && each.height === height),
  )
  return { ...job, payload: { ...payload, picture: { ...picture, scales } } }
}

function makeChunkJob({ plan, media, input, chunk, ...order }: ChunkOrder): PlannedJob {
  if (!plan.grid || !plan.picture || !media.video)
    throw new TypeError('a plan of pictures has a grid')
  const payload: ChunkPayload = {
    input: { ...input, videoStream: media.video.index },
    grid: plan.grid,
    chunk,
    picture: plan.picture,
    renditions: order.renditions,
  }
  return {
    type: 'vod-chunk-encoding',
    priority: order.priority,
    label: order.label,
    payload: { type: 'vod-chunk-encoding', ...payload },
    encoders: [...new Set(order.renditions.map(({ encoder }) => encoder.name))],
    weight: weigh(chunk, order.renditions),
  }
}

function weigh({ frames }: Chunk, renditions: readonly VideoRendition[]): number {
  const pixels = renditions.reduce((sum, { width, height }) => sum + width * height, 0)
  return pixels * (frames ?? 1)
}

function planAudioJobs(plan: ChunkPlan, media: MediaInfo): PlannedJob[] {
  const payload = describeSound(plan, media)
  const renditions = payload.renditions.filter(({ madeOf }) => madeOf !== 'pieces')
  return renditions.length === 0 ? [] : [makeAudioJob({ ...payload, renditions })]
}

/** The job of an order of sound. */
export function makeAudioJob(payload: AudioPayload): PlannedJob {
  return {
    type: 'vod-audio-encoding',
    priority: priorities.audio,
    label: 'audio',
    payload: { type: 'vod-audio-encoding', ...payload },
    encoders: ['aac'],
    // Next to nothing beside pictures, yet something: there may be nothing else.
    weight: 1,
  }
}

/** All sound of a plan as one order, whoever encodes it. */
export function describeSound(plan: ChunkPlan, media: MediaInfo): AudioPayload {
  return {
    input: describeInput(media),
    renditions: plan.audio,
    segmentSeconds: plan.grid
      ? [plan.grid.segmentFrames * plan.grid.frameTicks, plan.grid.timescale]
      : [plan.segmentSeconds * 1000, 1000],
    durationSeconds: media.durationSeconds,
    normalizeLoudness: plan.normalizeLoudness,
  }
}

/** Where the jobs read, but for the address. */
export function describeInput(media: MediaInfo): SourceInput {
  const { demuxer, originSeconds, sizeBytes } = media
  return { demuxer, originSeconds, sizeBytes }
}
