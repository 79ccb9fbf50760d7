import type { Schemas } from '../api/client.ts'
import type { Tone } from '../ui/badge.tsx'

type Job = Pick<Schemas['RunnerJob'], 'state'>

/** The states of a job in the order of their numbers, as the API counts them. */
export const jobStates = [
  'pending',
  'processing',
  'completed',
  'errored',
  'waiting_for_parent',
  'cancelled',
  'parent_errored',
  'parent_cancelled',
  'completing',
] as const

export type JobState = (typeof jobStates)[number]

interface StateWords {
  /** As it stands in a badge. */
  readonly word: string
  readonly tone: Tone
}

/** The states of a job with their words. */
export const jobStateWords: Readonly<Record<JobState, StateWords>> = {
  pending: { word: 'Pending', tone: 'neutral' },
  processing: { word: 'Processing', tone: 'info' },
  completed: { word: 'Completed', tone: 'good' },
  errored: { word: 'Errored', tone: 'bad' },
  waiting_for_parent: { word: 'Waiting for parent', tone: 'neutral' },
  cancelled: { word: 'Cancelled', tone: 'warn' },
  parent_errored: { word: 'Parent errored', tone: 'bad' },
  parent_cancelled: { word: 'Parent cancelled', tone: 'warn' },
  completing: { word: 'Completing', tone: 'info' },
}

/** The name of a job's state, of which the API tells the number. */
export function stateOf({ state }: Job): JobState {
  return jobStates[state.id - 1] ?? 'pending'
}

/** Whether an operator can cancel it. */
export function isCancellable(job: Job): boolean {
  return ['pending', 'processing', 'waiting_for_parent'].includes(stateOf(job))
}

/** Whether it can be done again; the API says so, or why not. */
export function isRetryable(job: Job): boolean {
  return ['errored', 'cancelled'].includes(stateOf(job))
}

/** Types of jobs with the words that people read; the type itself is for programs. */
export const jobTypeWords: Readonly<Record<string, string>> = {
  'vod-chunk-encoding': 'Chunk',
  'vod-audio-encoding': 'Sound',
  'vod-web-video-transcoding': 'File or piece',
  'vod-hls-transcoding': 'HLS file',
  'vod-audio-merge-transcoding': 'Still picture with sound',
  'video-studio-transcoding': 'Edit',
  'video-transcription': 'Transcript',
  'generate-video-storyboard': 'Storyboard',
  'live-rtmp-hls-transcoding': 'Live',
}
