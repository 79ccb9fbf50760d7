/**
 * Payloads of the runner protocol's own job types, as they are on the wire (runner protocol 2.1 to
 * 2.8). Their results are whole files. Fields that only some versions send are optional: a reader
 * takes what is there, a writer sends what section 7.1 recommends.
 */

/** Where a runner sends one file of the result by itself, before it says success (2.8). */
export interface CustomUpload {
  readonly url: string
  /** PUT when left out. */
  readonly method?: 'PUT' | 'POST'
}

interface VideoInput {
  readonly videoFileUrl: string
  /** None or one: sound that is not in the video's file. */
  readonly separatedAudioFileUrl?: readonly string[]
}

/** 2.1: one MP4. */
export interface WebVideoPayload {
  readonly input: VideoInput
  readonly output: {
    /** Short side in pixels; 0: sound alone. */
    readonly resolution: number
    /** Frames per second, may be fractional; without meaning when there are no pictures. */
    readonly fps: number
    readonly videoFileCustomUpload?: CustomUpload
  }
}

/** 2.2: one fragmented MP4 and the playlist of its byte ranges. */
export interface HlsPayload {
  readonly input: VideoInput
  readonly output: {
    readonly resolution: number
    readonly fps: number
    /** Pictures without sound; the sound comes by a job of resolution 0. */
    readonly separatedAudio?: boolean
    readonly videoFileCustomUpload?: CustomUpload
    readonly resolutionPlaylistFileCustomUpload?: CustomUpload
  }
}

/** 2.3: a still picture for as long as the sound lasts. */
export interface AudioMergePayload {
  readonly input: { readonly audioFileUrl: string; readonly previewFileUrl: string }
  readonly output: {
    readonly resolution: number
    readonly fps: number
    readonly videoFileCustomUpload?: CustomUpload
  }
}

/** Seconds; real servers have sent them as texts too. */
type Seconds = number | string

export type StudioTask =
  | {
      readonly name: 'cut'
      readonly options: { readonly start?: Seconds; readonly end?: Seconds }
    }
  | {
      readonly name: 'remove-segments'
      readonly options: {
        readonly segments: readonly { readonly start: Seconds; readonly end: Seconds }[]
      }
    }
  | { readonly name: 'add-intro' | 'add-outro'; readonly options: { readonly file: string } }
  | {
      readonly name: 'add-watermark'
      readonly options: {
        readonly file: string
        /** Shares of the video's size, 0 to 1. */
        readonly watermarkSizeRatio: number
        readonly horizontalMarginRatio?: number
        /** The name of the same before 8.2. */
        readonly horitonzalMarginRatio?: number
        readonly verticalMarginRatio: number
      }
    }

/** 2.4: the tasks one after the other, each on what the one before made. */
export interface StudioPayload {
  readonly input: VideoInput
  readonly output?: { readonly videoFileCustomUpload?: CustomUpload }
  readonly tasks: readonly StudioTask[]
}

/** 2.6: WebVTT of what is said. */
export interface TranscriptionPayload {
  readonly input: { readonly videoFileUrl: string }
  readonly output?: { readonly vttFileCustomUpload?: CustomUpload }
}

/** 2.7: one JPEG with a tile for every so many seconds, row by row. */
export interface StoryboardPayload {
  readonly input: { readonly videoFileUrl: string }
  readonly sprites: {
    readonly size: { readonly width: number; readonly height: number }
    /** Tiles in a row, and rows. */
    readonly count: { readonly width: number; readonly height: number }
    /** Seconds between two tiles. */
    readonly duration: number
  }
  readonly output?: { readonly storyboardFileCustomUpload?: CustomUpload }
}

/** The job types whose results are whole files, with their payloads. */
export interface FilePayloads {
  readonly 'vod-web-video-transcoding': WebVideoPayload
  readonly 'vod-hls-transcoding': HlsPayload
  readonly 'vod-audio-merge-transcoding': AudioMergePayload
  readonly 'video-studio-transcoding': StudioPayload
  readonly 'video-transcription': TranscriptionPayload
  readonly 'generate-video-storyboard': StoryboardPayload
}

export type FileJobType = keyof FilePayloads
