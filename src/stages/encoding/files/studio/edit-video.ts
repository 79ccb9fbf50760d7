import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StudioPayload, StudioTask } from '#jobs/file-payload.ts'
import { toNumber } from '#media/rational.ts'
import { countCost } from '../cost.ts'
import { encodeFile } from '../encode-file.ts'
import type { FileWork, FileWorkContext } from '../file-work.ts'
import { openInput, requirePictures } from '../open-input.ts'
import { combineSources, openSources, type Sources } from '../open-sources.ts'
import { sizePictures } from '../picture-arguments.ts'
import { estimateFileLimitMs } from '../time-limit.ts'
import { nameVideo } from '../web-video.ts'
import { planStep, type Step } from './plan-step.ts'
import { buildStepArguments } from './step-arguments.ts'
import type { Canvas } from './task-graph.ts'

/**
 * `video-studio-transcoding` (runner protocol 2.4): the tasks one after the other, each on what the
 * one before made. All but the last are written nearly without loss, so that a video is not worn
 * down by being edited.
 */
export const editVideo: FileWork<StudioPayload> = async (context) => {
  const { payload, scratch } = context
  const tasks = requireTasks(payload)
  const place = { ...context, cost: countCost() }
  let sources = await openSources(place, payload.input)
  const canvas = chooseCanvas(sources)
  const inputBps = sources.main.media.bitRate
  let path = ''
  for (const [index, task] of tasks.entries()) {
    const isLast = index === tasks.length - 1
    const step = await planStep(place, { task, sources, canvas })
    path = join(scratch, isLast ? `output-edition-${randomUUID()}.mp4` : `step-${index}.mov`)
    const part = { index, count: tasks.length }
    await runStep(place, { step, canvas, path, part, inputBps: isLast ? inputBps : 'lossless' })
    // Disks are small and videos large: what went into a step is not needed after it.
    for (const input of sources.inputs) await rm(input.path, { force: true })
    if (!isLast) sources = combineSources(await openInput(path, place), null)
  }
  return nameVideo(path, place.cost.total())
}

function requireTasks({ tasks }: StudioPayload): readonly StudioTask[] {
  if (Array.isArray(tasks) && tasks.length > 0) return tasks
  throw new ReelmillError('job_invalid', 'The job has no tasks.')
}

/** The video's own size, as shown, and its rate. */
function chooseCanvas({ main }: Sources): Canvas {
  const video = requirePictures(main)
  const [numerator, denominator] = video.frameRate
  return {
    ...sizePictures(video, Math.min(video.width, video.height)),
    rate: `${numerator}/${denominator}`,
    fps: toNumber(video.frameRate),
  }
}

type Place = FileWorkContext<unknown> & { readonly cost: ReturnType<typeof countCost> }

interface StepRun {
  readonly step: Step
  readonly canvas: Canvas
  readonly path: string
  readonly part: { readonly index: number; readonly count: number }
  /** Bits per second of the source, null when unknown; `lossless` for what is edited further. */
  readonly inputBps: number | null | 'lossless'
}

async function runStep(place: Place, { step, canvas, path, part, inputBps }: StepRun) {
  const { width, height, fps } = canvas
  const written = { pixels: width * height, fps, seconds: step.seconds }
  await encodeFile(place, {
    args: buildStepArguments(step, { canvas, inputBps, path, threads: place.threads }),
    path,
    doing: 'Editing the video',
    seconds: step.seconds,
    timeoutMs: estimateFileLimitMs(step.read, written),
    part,
  })
}
