import type { Rational } from '#media/rational.ts'

/** The frame grid of the output: everything about time is counted in frames of it. */
export interface Grid {
  /** Frames per second, constant. */
  readonly frameRate: Rational
  /** Frames of the whole video. null when only decoding to the end will tell (access `sequential`). */
  readonly frames: number | null
  /** No more than this, whatever decoding gives: a bound where `frames` is null, else the same. */
  readonly framesAtMost: number
  /** Of those, the frames at the end that repeat the last picture, because sound goes on. */
  readonly heldFrames: number
  readonly gopFrames: number
  /** A whole number of GOPs. */
  readonly segmentFrames: number
  /** Units per second of `tfdt` and sample durations; a frame lasts a whole number of them. */
  readonly timescale: number
  readonly frameTicks: number
}

/** Where a runner reads the source, and how. */
export interface SourceInput {
  /** Pinned for ffmpeg: `-f`. */
  readonly demuxer: string
  /** Seconds on the source's own clock that become 0. */
  readonly originSeconds: number
  readonly sizeBytes: number
  /** Present only for a runner on the server's machine: the file itself. */
  readonly path?: string
}

/** What is done to every picture before it is scaled. */
export interface PictureTreatment {
  readonly deinterlace: boolean
  /** HDR to SDR by tone mapping: the transfer of the source, or null. */
  readonly toneMapFrom: 'pq' | 'hlg' | null
  /** Size of the source as shown: rotated, square pixels. */
  readonly sourceWidth: number
  readonly sourceHeight: number
  /**
   * Size in which the source's pictures are stored. Present where they are shown as they are stored:
   * those that come in another size later, as on bad networks, are first brought to this one.
   */
  readonly stored?: { readonly width: number; readonly height: number }
  /** What the finished pictures are tagged with: one colour space in all renditions (1.21). */
  readonly color: OutputColor
  /** Alpha is laid over black. */
  readonly flattenAlpha: boolean
  /**
   * Every size of the ladder, from the largest. A picture is scaled down this chain, each from the
   * one before it, also where a job encodes only some of them: so all jobs see the same pictures.
   */
  readonly scales: readonly { readonly width: number; readonly height: number }[]
}

/** ffmpeg's names of the output's colour tags; always limited range. */
export interface OutputColor {
  readonly space: string
  readonly primaries: string
  readonly transfer: string
  /** The source is RGB or full range: its values are converted, not only tagged. */
  readonly convert: boolean
}

export type VideoCodec = 'h264' | 'hevc' | 'vp9' | 'av1'

/** One video rendition, with all that an encoder must be told. Sizes are pixels, even. */
export interface VideoRendition {
  /** Also the folder's name in the output: "720p", "720p-hevc". */
  readonly name: string
  readonly codec: VideoCodec
  readonly width: number
  readonly height: number
  readonly encoder: EncoderSettings
  /** Made of pieces by runners of whole files (jobs/piece.ts); absent: of chunks. */
  readonly madeOf?: 'pieces'
}

export interface EncoderSettings {
  /** ffmpeg's name of the encoder: "libx264". */
  readonly name: string
  readonly preset: string
  readonly crf: number
  readonly maxrateBps: number
  readonly bufsizeBits: number
  readonly profile: string | null
  /** "4.0"; null where the codec has none that ffmpeg can pin. */
  readonly level: string | null
  readonly pixelFormat: string
  /** Reference frames and B-frames; pinned because they are in the parameter sets. */
  readonly refs: number
  readonly bframes: number
  /** Frames by which a picture may be coded before it is shown: what the edit list takes back. */
  readonly reorderFrames: number
  /** True only in proofs: CRF is ignored and nothing is lost. */
  readonly lossless: boolean
}

/** A chunk of the timeline: decode once, encode every rendition, hand in segments. */
export interface ChunkPayload {
  readonly input: SourceInput & { readonly videoStream: number }
  readonly grid: Grid
  readonly chunk: {
    readonly firstFrame: number
    /** null: to the end of the source. Else a whole number of segments, but for the last chunk. */
    readonly frames: number | null
    /** Frames encoded past the end and thrown away, so that look-ahead is not starved. */
    readonly tailFrames: number
  }
  readonly picture: PictureTreatment
  readonly renditions: readonly VideoRendition[]
}

/** One audio rendition: one source track in one codec. */
export interface AudioRendition {
  /** Also the folder's name: "audio-0". */
  readonly name: string
  /** Index of the stream in the source file. */
  readonly sourceStream: number
  readonly codec: 'aac'
  readonly channels: number
  readonly sampleRate: number
  readonly bitRateBps: number
  readonly language: string
  readonly title: string | null
  readonly isDefault: boolean
  /** Encoded by a runner of whole files (jobs/piece.ts); absent: by one of ours. */
  readonly madeOf?: 'pieces'
}

/** Whole audio tracks: decoded and encoded once each, from the first sample to the last. */
export interface AudioPayload {
  readonly input: SourceInput
  readonly renditions: readonly AudioRendition[]
  /** Length of a segment as the video has it, as an exact ratio of seconds. */
  readonly segmentSeconds: Rational
  /** How long all sound is made: what is longer is cut, what is shorter ends in silence. */
  readonly durationSeconds: number
  /**
   * Where the source is still arriving: so many segments from the first on are handed in and no more,
   * for what the sound is cut off at is not its end. Absent: all.
   */
  readonly segmentsAtMost?: number
  readonly normalizeLoudness: boolean
}

/** The types of jobs that runners know; the first two are Reelmill's own. */
export type JobType = 'vod-chunk-encoding' | 'vod-audio-encoding'

export type JobPayload =
  | ({ readonly type: 'vod-chunk-encoding' } & ChunkPayload)
  | ({ readonly type: 'vod-audio-encoding' } & AudioPayload)
