import type { Problem } from '../finding.ts'
import type { ResourceRef } from '../hls/playlist.ts'

/** An MPD as written, with what is inherited already put into its Representations. */
export interface Manifest {
  readonly path: string
  readonly address: string
  readonly attributes: ReadonlyMap<string, string>
  readonly dynamic: boolean
  readonly durationSeconds: number | null
  readonly minBufferSeconds: number | null
  readonly periods: readonly Period[]
  readonly problems: readonly Problem[]
}

export interface Period {
  readonly where: string
  readonly startSeconds: number
  /** Its own, or up to the next Period or the end of the presentation; null when nothing says. */
  readonly durationSeconds: number | null
  readonly sets: readonly AdaptationSet[]
}

export interface AdaptationSet {
  readonly where: string
  readonly attributes: ReadonlyMap<string, string>
  /** "video", "audio", "text", "image" or "" when nothing tells. */
  readonly contentType: string
  readonly hasRole: boolean
  readonly representations: readonly Representation[]
}

export interface Representation {
  readonly where: string
  readonly id: string | null
  readonly bandwidthBps: number | null
  readonly contentType: string
  readonly mimeType: string | null
  readonly codecs: string | null
  readonly width: number | null
  readonly height: number | null
  readonly hasAudioChannels: boolean
  readonly startsWithSap: string | null
  readonly init: ResourceRef | null
  /** How its segments are told. */
  readonly addressing: 'timeline' | 'duration' | 'list' | 'index' | 'whole' | 'none'
  /** Seconds on the Period's clock that the first `S@t` or segment stands for, and their sum. */
  readonly timelineSeconds: number | null
  readonly segments: readonly ManifestSegment[]
}

export interface ManifestSegment extends ResourceRef {
  /** On the media's own clock: `S@t` ÷ timescale, presentationTimeOffset not applied. */
  readonly startSeconds: number | null
  readonly seconds: number | null
}
