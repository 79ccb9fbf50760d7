import type { Rational } from '../rational.ts'

/** A finished or growing CMAF track, as playlists and manifests describe it. */
export type Track = VideoTrack | AudioTrack

interface TrackBase {
  /** Folder in the output: "720p", "audio-0". */
  readonly name: string
  /** RFC 6381, read from the sample entry: "avc1.640028". */
  readonly codecs: string
  readonly timescale: number
  readonly initBytes: number
  /** In order, without a gap, from number 0. */
  readonly segments: readonly TrackSegment[]
}

export interface VideoTrack extends TrackBase {
  readonly kind: 'video'
  readonly width: number
  readonly height: number
  readonly frameRate: Rational
}

export interface AudioTrack extends TrackBase {
  readonly kind: 'audio'
  readonly channels: number
  readonly sampleRate: number
  readonly language: string
  readonly title: string | null
  readonly isDefault: boolean
}

export interface TrackSegment {
  readonly number: number
  /** In units of the track's timescale. */
  readonly durationTicks: number
  readonly bytes: number
  /** One entry per fragment that starts with a key frame; empty for audio. */
  readonly keyframes: readonly Keyframe[]
}

/** Where an I-frame lies in its segment: from its `moof` to the end of the first sample. */
export interface Keyframe {
  readonly offset: number
  readonly bytes: number
  /** Ticks until the next key frame (or the end of the segment). */
  readonly durationTicks: number
}
