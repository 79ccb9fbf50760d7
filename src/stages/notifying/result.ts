import type { ErrorRecord } from '#errors/reelmill-error.ts'

/** What a version has become, as the richer formats tell it. */
export interface Result {
  readonly videoId: string
  /** The application's own name for the video; null where it gave none. */
  readonly externalId: string | null
  /** Number of the version; null where the event does not say. */
  readonly version: number | null
  /** How it ended: published, failed or cancelled. */
  readonly state: string
  readonly error: ErrorRecord | null
  readonly source: {
    readonly name: string | null
    readonly key: string | null
    readonly sizeBytes: number | null
  }
  /** Nothing unless it was published. */
  readonly outputs: readonly Output[]
}

/** Something that was made. */
export interface Output {
  readonly step: 'hls' | 'dash' | 'mp4' | 'thumbnail' | 'storyboard' | 'transcript'
  readonly name: string
  /** In the storage. */
  readonly key: string
  readonly url: string
  readonly mime: string
  /** Of playlists and manifests with all that they name; null where it is not known. */
  readonly sizeBytes: number | null
}
