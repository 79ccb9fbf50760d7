import type { VersionState, Visibility } from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'

/** A video as the API, the events, the command line and `video.json` show it. */
export interface VideoView {
  readonly id: string
  readonly name: string
  /** Where the latest version is on its journey. */
  readonly state: VersionState
  /** 0 to 1, of the latest version. */
  readonly progress: number
  /** Whether `urls.hls` plays something now: a published version, or one that is being encoded. */
  readonly playable: boolean
  /** Only of a video that failed. */
  readonly error?: ErrorRecord
  /** Only while the source arrives, where it is known how far that is. */
  readonly upload?: { readonly receivedBytes: number; readonly totalBytes: number | null }
  readonly source: SourceView
  readonly renditions: readonly RenditionView[]
  readonly chunks: { readonly total: number; readonly done: number }
  readonly urls: VideoUrls
  readonly cost: {
    readonly cpuSeconds: number
    readonly wallSeconds: number
    readonly peakMemoryBytes: number
  }
  readonly profile: string
  readonly metadata: Readonly<Record<string, unknown>>
  /** The user whose it is; null: of nobody in particular. */
  readonly ownerId: string | null
  /** That user's name beside it; null also for those who are told nothing of people. */
  readonly owner: { readonly id: string; readonly name: string } | null
  /** Who may see and watch it: everybody, or its owner and operators. */
  readonly visibility: Visibility
  /** Where this video's events are told beside the endpoints for all; for those who may change it. */
  readonly webhookUrl: string | null
  /** The application's own name for it; for those who may change it. */
  readonly externalId: string | null
  /** Grows with every change that people make; what the work on it does leaves it alone. */
  readonly revision: number
  /** Number of the latest version, from 1. */
  readonly version: number
  /** ISO 8601, as all times here. */
  readonly createdAt: string
  readonly updatedAt: string
  readonly playableAt: string | null
  readonly publishedAt: string | null
}

/** The source's file; with what probing found, once it has. */
export type SourceView = Partial<Omit<MediaInfo, 'sizeBytes'>> & {
  readonly filename: string | null
  readonly sizeBytes: number | null
}

export interface RenditionView {
  readonly name: string
  readonly kind: 'video' | 'audio'
  readonly codec: string
  /** Pixels; null for sound, as `fps` and `frames` are. */
  readonly width: number | null
  readonly height: number | null
  readonly fps: number | null
  /** Pictures that are finished and checked. */
  readonly frames: number | null
  /** Of the init segment and all finished segments. */
  readonly bytes: number
  /** Bits per second, as the playlists declare them (RFC 8216, 4.3.4.2); null until they do. */
  readonly bandwidth: number | null
  /** The same over all segments. */
  readonly averageBandwidth: number | null
  /** 0 to 1. */
  readonly progress: number
  /** How pictures are encoded; null for sound. */
  readonly encoder: EncoderView | null
  /** BCP 47; null for pictures, as `channels` is. */
  readonly language: string | null
  readonly channels: number | null
}

export interface EncoderView {
  readonly preset: string
  readonly crf: number
  readonly maxrateBps: number
  readonly bufsizeBits: number
  readonly gopFrames: number
}

/** Addresses; null where there is nothing (yet). */
export interface VideoUrls {
  readonly hls: string | null
  readonly dash: string | null
  /** By the name of the rendition. */
  readonly mp4: Readonly<Record<string, string>>
  /** WebVTT, by language. */
  readonly transcripts: Readonly<Record<string, string>>
  /** WebVTT that people added, by language. */
  readonly subtitles: Readonly<Record<string, string>>
  readonly thumbnail: string | null
  readonly storyboard: string | null
}
