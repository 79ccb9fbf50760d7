import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StudioTask } from '#jobs/file-payload.ts'

/** A stretch of a video that is kept, in seconds from its start. */
export interface Range {
  readonly start: number
  readonly end: number
}

type RangeTask = Extract<StudioTask, { name: 'cut' | 'remove-segments' }>

/** Shorter than a picture at any usual rate: somebody's rounding, not a wish. */
const shortestSeconds = 0.01
/** Every range is a branch of ffmpeg's filters. */
const rangesMost = 1000

/**
 * What of a video of that length a task keeps, in order and without overlap (runner protocol 2.4).
 * Times may be texts. Throws `job_invalid` for times that are none, and when nothing would be left.
 */
export function keepRanges(task: RangeTask, durationSeconds: number): readonly Range[] {
  const wanted = task.name === 'cut' ? [readCut(task, durationSeconds)] : invert(task)
  const kept = wanted
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(end, durationSeconds) }))
    .filter(({ start, end }) => end - start >= shortestSeconds)
  if (kept.length === 0) refuse('Nothing would be left of the video.')
  if (kept.length > rangesMost) refuse('The video would be cut into too many pieces.')
  return kept
}

function readCut(task: Extract<RangeTask, { name: 'cut' }>, durationSeconds: number): Range {
  const { start = 0, end = durationSeconds } = task.options
  return { start: readSeconds(start), end: readSeconds(end) }
}

function invert(task: Extract<RangeTask, { name: 'remove-segments' }>): Range[] {
  const removed = task.options.segments
    .map(({ start, end }) => ({ start: readSeconds(start), end: readSeconds(end) }))
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start)
  const kept: Range[] = []
  let from = 0
  for (const { start, end } of removed) {
    kept.push({ start: from, end: start })
    from = Math.max(from, end)
  }
  return [...kept, { start: from, end: Number.POSITIVE_INFINITY }]
}

/** Servers have sent "2960" too. */
function readSeconds(value: unknown): number {
  const isText = typeof value === 'string' && value.trim() !== ''
  const seconds = typeof value === 'number' || isText ? Number(value) : Number.NaN
  return Number.isFinite(seconds) ? seconds : refuse('A time in the job is no number.')
}

function refuse(sentence: string): never {
  throw new ReelmillError('job_invalid', sentence)
}
