import type { Tone } from '../../../ui/badge.tsx'
import type { VideoEvent } from './use-video.ts'

/** Types of events with their words. What is not here is told by its type. */
const words: Readonly<Record<string, readonly [word: string, tone: Tone]>> = {
  'video.created': ['Created', 'neutral'],
  'video.uploading': ['Another version is being uploaded', 'info'],
  'video.upload_abandoned': ['An upload was given up', 'warn'],
  'video.uploaded': ['Uploaded', 'neutral'],
  'video.probing': ['Probing began', 'info'],
  'video.planning': ['Planning began', 'info'],
  'video.encoding': ['Encoding began', 'info'],
  'video.playable': ['Playable', 'good'],
  'video.file': ['A file is finished', 'neutral'],
  'video.packaging': ['Packaging began', 'info'],
  'video.rendition_completed': ['A rendition is complete', 'neutral'],
  'video.publishing': ['Publishing began', 'info'],
  'video.published': ['Published', 'good'],
  'video.failed': ['Failed', 'bad'],
  'video.cancelled': ['Cancelled', 'neutral'],
  'video.transcribed': ['Transcribed', 'neutral'],
  'video.transcription_failed': ['The transcript failed', 'warn'],
  'video.storyboard': ['The storyboard is there', 'neutral'],
  'video.storyboard_failed': ['The storyboard failed', 'warn'],
  'video.edited': ['Edited', 'neutral'],
  'video.edit_failed': ['An edit failed', 'warn'],
}

/** What an event says, in words. */
export function wordsOf({ type, data }: Pick<VideoEvent, 'type' | 'data'>): {
  readonly word: string
  readonly tone: Tone
  /** What it is about; empty: nothing more to say. */
  readonly about: string
} {
  const [word, tone] = words[type] ?? [type, 'neutral']
  return { word, tone, about: aboutOf(data) }
}

function aboutOf(data: VideoEvent['data']): string {
  const { rendition, language, name, error } = data
  const first = [rendition, language, name].find((each) => typeof each === 'string')
  if (typeof first === 'string') return first
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : ''
}
