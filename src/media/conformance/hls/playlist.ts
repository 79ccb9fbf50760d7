import type { Problem } from '../finding.ts'
import type { ByteRange } from '../source/source.ts'
import type { Attributes } from './attributes.ts'

/** A part of a file that a playlist or manifest points at. */
export interface ResourceRef {
  readonly address: string
  readonly range: ByteRange | null
}

/** A media playlist as written; nothing in it is measured yet. */
export interface MediaPlaylist {
  readonly path: string
  readonly address: string
  readonly version: number | null
  readonly targetDurationSeconds: number | null
  readonly type: string | null
  /** True when EXT-X-ENDLIST is there: the output is finished. */
  readonly ended: boolean
  readonly independentSegments: boolean
  readonly iframesOnly: boolean
  readonly segments: readonly PlaylistSegment[]
  /** Names of all tags used, with the line of the first. */
  readonly tags: ReadonlyMap<string, number>
  /** Lowest protocol version that the tags need, with the reason; RFC 8216 section 7. */
  readonly needs: { readonly version: number; readonly feature: string }
  readonly problems: readonly Problem[]
}

export interface PlaylistSegment extends ResourceRef {
  readonly line: number
  /** EXTINF; null when missing or unreadable. */
  readonly seconds: number | null
  readonly map: ResourceRef | null
  readonly discontinuity: boolean
  readonly encrypted: boolean
}

/** A multivariant playlist as written. */
export interface Multivariant {
  readonly path: string
  readonly address: string
  readonly version: number | null
  readonly independentSegments: boolean
  readonly variants: readonly Variant[]
  readonly iframeVariants: readonly Variant[]
  readonly renditions: readonly Rendition[]
  readonly problems: readonly Problem[]
}

interface Entry {
  /** "master.m3u8:7" */
  readonly where: string
  readonly attributes: Attributes
}

/** EXT-X-STREAM-INF or EXT-X-I-FRAME-STREAM-INF. */
export interface Variant extends Entry {
  readonly address: string
  readonly bandwidthBps: number | null
  readonly averageBandwidthBps: number | null
  readonly codecs: readonly string[] | null
  readonly resolution: { readonly width: number; readonly height: number } | null
  readonly frameRate: number | null
  readonly audioGroup: string | null
  readonly subtitlesGroup: string | null
}

/** EXT-X-MEDIA; no address when the rendition lies in the variant's own segments. */
export interface Rendition extends Entry {
  readonly address: string | null
  readonly type: string
  readonly groupId: string
  readonly name: string | null
  readonly language: string | null
}
