import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StudioTask } from '#jobs/file-payload.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { isIndexed } from '#media/probe/seek-proof.ts'
import type { CostCounter } from '../cost.ts'
import type { FileWorkContext } from '../file-work.ts'
import { type FileInput, openInput } from '../open-input.ts'
import { openPicture } from '../open-picture.ts'
import type { Sources } from '../open-sources.ts'
import { openArguments } from '../source-arguments.ts'
import { keepRanges, type Range } from './ranges.ts'
import type { Canvas, TaskGraph } from './task-graph.ts'
import {
  buildJoinGraph,
  buildRangesGraph,
  buildWatermarkGraph,
  type WatermarkPlace,
} from './task-graphs.ts'

const marginSeconds = 10

/** One task, ready to run. */
export interface Step {
  /** Options and inputs of ffmpeg. */
  readonly inputs: readonly string[]
  readonly graph: TaskGraph
  /** Length of what comes out. */
  readonly seconds: number
  /** What is read, for the limit of time. */
  readonly read: readonly FileInput[]
}

interface Asked<Task> {
  readonly task: Task
  readonly sources: Sources
  readonly canvas: Canvas
}

type Place = Pick<FileWorkContext<unknown>, 'download' | 'signal' | 'programs'> & {
  readonly cost: CostCounter
}

/** Downloads what a task needs and plans it. Throws `job_invalid` for a task that is not known. */
export function planStep(place: Place, asked: Asked<StudioTask>): Promise<Step> {
  const { task } = asked
  switch (task.name) {
    case 'cut':
    case 'remove-segments':
      return Promise.resolve(planRanges({ ...asked, task }))
    case 'add-intro':
    case 'add-outro':
      return planJoin(place, { ...asked, task })
    case 'add-watermark':
      return planWatermark(place, { ...asked, task })
    default:
      // A newer server may know more.
      throw new ReelmillError('job_invalid', 'The job has a task that is not known here.')
  }
}

function planRanges({
  task,
  sources,
  canvas,
}: Asked<Extract<StudioTask, { name: 'cut' | 'remove-segments' }>>): Step {
  const ranges = keepRanges(task, sources.main.media.durationSeconds)
  const from = skipSeconds(sources, ranges)
  const shifted = ranges.map(({ start, end }) => ({ start: start - from, end: end - from }))
  return {
    inputs: openArguments(sources, from),
    graph: buildRangesGraph(sources, canvas, shifted),
    seconds: ranges.reduce((sum, { start, end }) => sum + end - start, 0),
    read: sources.inputs,
  }
}

/**
 * Seconds at the begin that need not be decoded: up to some before the first that is kept, so that a
 * picture which is held into it is there. Only where a container's index makes seeking exact.
 */
function skipSeconds({ inputs }: Sources, [first]: readonly Range[]): number {
  if (!first || !inputs.every(({ demuxer }) => isIndexed(demuxer))) return 0
  return Math.max(0, first.start - marginSeconds)
}

async function planJoin(
  place: Place,
  { task, sources, canvas }: Asked<Extract<StudioTask, { name: 'add-intro' | 'add-outro' }>>,
): Promise<Step> {
  const clip = await openInput(await place.download(task.options.file), place)
  const side = task.name === 'add-intro' ? 'before' : 'after'
  return {
    inputs: openArguments({ inputs: [...sources.inputs, clip] }),
    graph: buildJoinGraph(sources, canvas, { clip, place: side }),
    seconds: sources.main.media.durationSeconds + clip.media.durationSeconds,
    read: [...sources.inputs, clip],
  }
}

type WatermarkTask = Extract<StudioTask, { name: 'add-watermark' }>

async function planWatermark(
  place: Place,
  { task, sources, canvas }: Asked<WatermarkTask>,
): Promise<Step> {
  const picture = await openPicture(await place.download(task.options.file), place)
  const source = { kind: 'file', path: picture.path } as const
  return {
    inputs: [...openArguments(sources), ...inputArguments(source, picture.demuxer)],
    graph: buildWatermarkGraph(sources, canvas, { picture, place: readPlace(task) }),
    seconds: sources.main.media.durationSeconds,
    read: sources.inputs,
  }
}

/** Both spellings of the horizontal margin: servers before 8.2 have the other (2.4). */
function readPlace({ options }: WatermarkTask): WatermarkPlace {
  const horizontal = options.horizontalMarginRatio ?? options.horitonzalMarginRatio ?? 0
  const sizeRatio = readShare(options.watermarkSizeRatio)
  if (sizeRatio <= 0) throw new ReelmillError('job_invalid', 'The watermark has no size.')
  return {
    sizeRatio,
    horizontalMarginRatio: readShare(horizontal),
    verticalMarginRatio: readShare(options.verticalMarginRatio),
  }
}

function readShare(value: unknown): number {
  const share = Number(value)
  if (share >= 0 && share <= 1) return share
  throw new ReelmillError('job_invalid', 'The place of the watermark is outside of the video.')
}
