import type { Video } from '../api/client.ts'
import type { Tone } from '../ui/badge.tsx'

type State = Video['state']

interface StateWords {
  /** As it stands in a badge. */
  readonly word: string
  readonly tone: Tone
  /** For people who wait for it. */
  readonly sentence: string
}

/** The states of a video in the order of its journey, with their words. */
export const videoStates: Readonly<Record<State, StateWords>> = {
  uploading: { word: 'Uploading', tone: 'info', sentence: 'The upload is under way.' },
  probing: { word: 'Probing', tone: 'info', sentence: 'The file is being looked at.' },
  planning: { word: 'Planning', tone: 'info', sentence: 'It is decided what to make of it.' },
  encoding: { word: 'Encoding', tone: 'info', sentence: 'It is being encoded.' },
  packaging: { word: 'Packaging', tone: 'info', sentence: 'The streams are being put together.' },
  publishing: { word: 'Publishing', tone: 'info', sentence: 'It is checked and published.' },
  published: { word: 'Published', tone: 'good', sentence: 'It is there.' },
  failed: { word: 'Failed', tone: 'bad', sentence: 'It could not be made.' },
  cancelled: { word: 'Cancelled', tone: 'neutral', sentence: 'It was cancelled.' },
}

/** Whether the video is still on its way. */
export function isUnderWay(state: State): boolean {
  return !['published', 'failed', 'cancelled'].includes(state)
}
