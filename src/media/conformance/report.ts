import type { Finding } from './finding.ts'

/** What a check saw and what it found. */
export interface Report {
  readonly location: string
  /** True when there was no playlist or manifest to begin with: nothing was judged. */
  readonly empty: boolean
  readonly findings: readonly Finding[]
  readonly tracks: readonly TrackReport[]
  /** Ids of all rules that were asked, those that had nothing to judge included. */
  readonly rulesChecked: readonly string[]
}

/** The measured facts of one track. */
export interface TrackReport {
  /** The media playlist's path, or "manifest.mpd#id" of a Representation. */
  readonly name: string
  readonly role: string
  readonly container: string
  readonly codecs: readonly string[]
  readonly width: number | null
  readonly height: number | null
  readonly segments: number
  /** Pictures (of an I-frame playlist its entries); for sound the frames of its codec. Counted from the boxes. */
  readonly frames: number
  readonly durationSeconds: number | null
  readonly bytes: number
  /** Of this track alone, bits per second. */
  readonly averageBps: number
  readonly peakBps: number
  /** What the playlist or manifest says, with what was measured of the same combination. */
  readonly declared: DeclaredRates | null
  /** Pictures that ffmpeg decoded; null unless decoding was asked for. */
  readonly decodedFrames: number | null
}

export interface DeclaredRates {
  readonly bandwidthBps: number | null
  readonly averageBandwidthBps: number | null
  readonly measuredPeakBps: number
  readonly measuredAverageBps: number
}
