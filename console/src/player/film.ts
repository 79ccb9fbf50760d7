import type { CaptionFile } from './caption-tracks.ts'

/** What is played, and what is known of it beside its stream. */
export interface Film {
  readonly title: string
  readonly owner: string | null
  /** Address of the playlist, or a file; null: nothing can be played yet. */
  readonly url: string | null
  readonly poster: string | null
  /** Address of the storyboard's WebVTT. */
  readonly storyboard: string | null
  readonly captionFiles: readonly CaptionFile[]
  /** Of the whole video, also while less can be played; null: not known. */
  readonly durationSeconds: number | null
  /** 0 to 1 while it is being made, else null. */
  readonly encodedShare: number | null
  /** Tracks of which something can be played. */
  readonly tracks: number
}
