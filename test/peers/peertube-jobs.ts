import { randomUUID } from 'node:crypto'
import type { FileJobType, FilePayloads } from '#jobs/file-payload.ts'
import type { SentPart } from './peertube-form.ts'

/** Ids of the states as the API has them (3.1). */
export const states = {
  pending: 1,
  processing: 2,
  completed: 3,
  errored: 4,
  waiting: 5,
  cancelled: 6,
  completing: 9,
} as const

export type StateName = keyof typeof states

/** A job of the double, with what runners said of it. */
export interface PeertubeJob {
  readonly id: number
  readonly uuid: string
  readonly type: string
  readonly payload: object
  readonly priority: number
  readonly videoId: string
  state: StateName
  jobToken: string | null
  runnerToken: string | null
  progress: number | null
  failures: number
  error: string | null
  /** Every message that runners gave for a failure, and every reason for giving it back. */
  readonly messages: string[]
  readonly reasons: string[]
  updates: number
  result: {
    readonly fields: Record<string, string>
    readonly files: Record<string, SentPart>
  } | null
}

export interface PeertubeRunner {
  readonly id: number
  readonly name: string
  readonly runnerToken: string
  version: string | null
}

/** A new job in `pending`. */
export function makeJob<Type extends FileJobType>(
  id: number,
  type: Type | 'live-rtmp-hls-transcoding',
  { payload, videoId }: { readonly payload: FilePayloads[Type] | object; readonly videoId: string },
): PeertubeJob {
  return {
    id,
    uuid: randomUUID(),
    type,
    payload,
    priority: 100,
    videoId,
    state: 'pending',
    jobToken: null,
    runnerToken: null,
    progress: null,
    failures: 0,
    error: null,
    messages: [],
    reasons: [],
    updates: 0,
    result: null,
  }
}

/** Back to `pending`, as abort and a failure below the limit leave it (3.2). */
export function putBack(job: PeertubeJob): void {
  Object.assign(job, { state: 'pending', jobToken: null, runnerToken: null, progress: null })
}

/** Files that success must and may have, by type (2.9). */
export const resultFiles: Readonly<Record<string, readonly string[]>> = {
  'vod-web-video-transcoding': ['payload[videoFile]'],
  'vod-hls-transcoding': ['payload[videoFile]', 'payload[resolutionPlaylistFile]'],
  'vod-audio-merge-transcoding': ['payload[videoFile]'],
  'video-studio-transcoding': ['payload[videoFile]'],
  'video-transcription': ['payload[vttFile]'],
  'generate-video-storyboard': ['payload[storyboardFile]'],
  'live-rtmp-hls-transcoding': [],
}

/** Every file field that the multipart parser of a call knows; others are its failure. */
export const knownFiles: Readonly<Record<'update' | 'success', readonly string[]>> = {
  update: [
    'payload[videoChunkFile]',
    'payload[resolutionPlaylistFile]',
    'payload[masterPlaylistFile]',
  ],
  success: [
    'payload[videoFile]',
    'payload[resolutionPlaylistFile]',
    'payload[vttFile]',
    'payload[storyboardFile]',
  ],
}
