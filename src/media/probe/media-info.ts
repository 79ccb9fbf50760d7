import type { Rational } from '../rational.ts'

/**
 * What is known of a source. Every quirk of a container is either a right value or null: nobody
 * after probing looks at ffprobe's own words.
 */
export interface MediaInfo {
  /** The demuxer that ffmpeg must use for this file, pinned by probing: `-f`. */
  readonly demuxer: string
  /** The container in the words of ffprobe ("mov,mp4,m4a,3gp,3g2,mj2"). */
  readonly container: string
  readonly sizeBytes: number
  /** What the container claims; null when it says nothing. Never used to count frames. */
  readonly claimedDurationSeconds: number | null
  /** Measured from packets: end of the last packet minus `origin`, over video and audio. */
  readonly durationSeconds: number
  /** Seconds on the source's own clock that become 0 in the output. */
  readonly originSeconds: number
  readonly bitRate: number | null
  readonly video: VideoStream | null
  readonly audio: readonly AudioStream[]
  readonly subtitles: readonly SubtitleStream[]
  /** Title and the like, as text; never trusted. */
  readonly tags: Readonly<Record<string, string>>
  /**
   * How the pictures may be read: `seek` when seeking was proven on this very file, `sequential`
   * when only reading from the start gives the right frames (one chunk then).
   */
  readonly access: 'seek' | 'sequential'
  /** What was found odd, in words for the owner of the file. */
  readonly remarks: readonly string[]
}

export interface VideoStream {
  /** Stream index in the file: `-map 0:INDEX`. */
  readonly index: number
  readonly codec: string
  readonly profile: string | null
  /** Size of the stored picture in pixels, before rotation and pixel aspect. */
  readonly codedWidth: number
  readonly codedHeight: number
  /** Size as shown: rotated, square pixels. */
  readonly width: number
  readonly height: number
  /** Clockwise degrees that the player must turn the stored picture: 0, 90, 180, 270. */
  readonly rotation: 0 | 90 | 180 | 270
  /** Present where players show the picture as it is stored: neither turned nor mirrored. */
  readonly upright?: true
  readonly pixelAspect: Rational
  /**
   * Seconds on the source's clock. Present in a film that was trimmed inside a GOP: the key picture
   * before its first pictures is hidden, so what begins before this is read from the start.
   */
  readonly seekableFromSeconds?: number
  readonly pixelFormat: string | null
  readonly bitDepth: number
  readonly interlaced: boolean
  readonly hdr: 'pq' | 'hlg' | null
  readonly alpha: boolean
  readonly color: {
    readonly space: string | null
    readonly transfer: string | null
    readonly primaries: string | null
    readonly range: string | null
  }
  /** Frames per second of the source as a ratio; the average where the rate varies. */
  readonly frameRate: Rational
  readonly variableFrameRate: boolean
  readonly timeBase: Rational
  /** Packets of the stream, counted. An upper bound of what can be decoded. */
  readonly packets: number
  /** First and last presentation times in units of `timeBase`; end includes the last duration. */
  readonly startPts: number
  readonly endPts: number
  readonly keyframes: number
}

export interface AudioStream {
  readonly index: number
  readonly codec: string
  readonly profile: string | null
  readonly channels: number
  readonly channelLayout: string | null
  readonly sampleRate: number
  readonly bitRate: number | null
  /** BCP 47, "und" when unknown. */
  readonly language: string
  readonly title: string | null
  readonly isDefault: boolean
  /** Seconds on the source's clock. */
  readonly startSeconds: number
  readonly durationSeconds: number | null
}

export interface SubtitleStream {
  readonly index: number
  readonly codec: string
  readonly language: string
  readonly title: string | null
  /** True for formats made of text (SRT, WebVTT, ASS, mov_text); pictures are left out. */
  readonly text: boolean
}
