import type { Video } from '../../api/client.ts'

/** What probing found of a source; the API describes it no further. */
export interface SourceFacts {
  readonly durationSeconds?: number
  readonly container?: string
  readonly bitRate?: number | null
  readonly video?: PictureFacts | null
  readonly audio?: readonly SoundFacts[]
  readonly subtitles?: readonly { readonly codec: string; readonly language: string }[]
  readonly access?: 'seek' | 'sequential'
  readonly remarks?: readonly string[]
}

/** The pictures of a source. */
export interface PictureFacts {
  readonly codec: string
  readonly profile: string | null
  /** As shown. */
  readonly width: number
  readonly height: number
  readonly rotation: number
  readonly pixelFormat: string | null
  readonly interlaced: boolean
  readonly hdr: 'pq' | 'hlg' | null
  readonly frameRate: readonly [number, number]
  readonly variableFrameRate: boolean
}

/** A track of sound of a source. */
export interface SoundFacts {
  readonly codec: string
  readonly channels: number
  readonly channelLayout: string | null
  readonly sampleRate: number
  readonly language: string
}

/** What is known of a video's source; empty before probing. */
export function sourceFactsOf({ source }: Pick<Video, 'source'>): SourceFacts {
  // Sound: MediaInfo of the server, of which the schema names no fields.
  return source as SourceFacts
}

/** Length in seconds; null while nobody knows. */
export function lengthOf(video: Pick<Video, 'source'>): number | null {
  return sourceFactsOf(video).durationSeconds ?? null
}

/** How far a video is, from 0 to 1: its upload while that lasts, then the work; null: nobody knows. */
export function shareOf({ state, progress, upload }: Video): number | null {
  if (state !== 'uploading' || progress > 0) return progress
  if (!upload?.totalBytes) return null
  return upload.receivedBytes / upload.totalBytes
}

/** Bytes of all renditions that are there. */
export function outputBytesOf({ renditions }: Pick<Video, 'renditions'>): number {
  return renditions.reduce((sum, { bytes }) => sum + bytes, 0)
}
