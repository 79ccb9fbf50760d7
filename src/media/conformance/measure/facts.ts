import type { ResourceRef } from '../hls/playlist.ts'

export type StreamKind = 'video' | 'audio' | 'text' | 'other'

/** A track of an init segment (or a stream of a transport stream), as its own header has it. */
export interface StreamFacts {
  readonly id: number
  readonly kind: StreamKind
  readonly timescale: number
  /** Type of the sample entry: "avc1", "hev1", "mp4a"; ffprobe's codec name for transport streams. */
  readonly entry: string
  /** RFC 6381, built from the configuration record; null when that could not be read. */
  readonly codecs: string | null
  readonly width: number | null
  readonly height: number | null
  /** `colr`: colour primaries and transfer characteristics of ITU-T H.273; null when not said. */
  readonly color: { readonly primaries: number; readonly transfer: number } | null
  readonly channels: number | null
  readonly sampleRate: number | null
  /** Bytes of the length before each NAL unit; null for codecs without. */
  readonly nalLengthBytes: number | null
  /** `media_time` of the first real edit: what is cut off at the start, in ticks. */
  readonly editStartTicks: number
  readonly defaults: SampleDefaults
}

/** What `trex` says of samples that say nothing. */
export interface SampleDefaults {
  readonly durationTicks: number
  readonly bytes: number
  readonly sampleFlags: number
}

/** An init segment. */
export interface InitFacts {
  readonly where: string
  /** Major and compatible brands of `ftyp`. */
  readonly brands: readonly string[]
  readonly streams: readonly StreamFacts[]
  readonly hasMovieExtends: boolean
  /** True when `moov` lists samples itself, which fragments must not need. */
  readonly holdsSamples: boolean
}

/** What one stream does in one segment. */
export interface StreamSpan {
  readonly id: number
  readonly kind: StreamKind
  readonly timescale: number
  readonly samples: number
  /** Decode time of the first sample and end of the last, in ticks. */
  readonly startTicks: number
  readonly endTicks: number
  /** Smallest presentation time, in ticks, edit list not applied. */
  readonly presentationTicks: number
  /** First sample: null when its kind cannot tell. */
  readonly startsWithIdr: boolean | null
  readonly keyframes: number
  readonly firstKeyTicks: number | null
  readonly lastKeyTicks: number | null
  readonly longestKeyGapTicks: number
}

/** A segment that was read once: only these facts stay in memory. */
export interface SegmentFacts extends ResourceRef {
  readonly where: string
  /** What the playlist or manifest says; null when it does not. */
  readonly declaredSeconds: number | null
  /** Start on the manifest's own clock; null for HLS, which has none. */
  readonly declaredStartSeconds: number | null
  readonly bytes: number
  readonly spans: readonly StreamSpan[]
  readonly discontinuity: boolean
}

export type Container = 'fmp4' | 'ts' | 'packed-audio' | 'webvtt' | 'encrypted' | 'unknown'

/** One media playlist or Representation, measured. */
export interface MeasuredTrack {
  /** The playlist's path, or "manifest.mpd#id". */
  readonly name: string
  readonly container: Container
  readonly init: InitFacts | null
  /** The init segment's file, to be read again for decoding. */
  readonly initRef: ResourceRef | null
  /** From the init segment, or from the first transport stream segment. */
  readonly streams: readonly StreamFacts[]
  readonly segments: readonly SegmentFacts[]
}
