import type { PlayerState } from '../player-state.ts'
import type { Rung } from '../rungs.ts'
import type { Store } from '../store.ts'

/** How the media get into the element, and what can be chosen of them. */
export interface Stream {
  /** Holds it at a rung; null: it chooses by itself. */
  readonly chooseRung: (rung: Rung | null) => void
  readonly chooseSound: (index: number) => void
  /**
   * So many tracks can be played by now, which may be more than the master playlist had when it was
   * read. It is read anew when that does little harm.
   */
  readonly lookForMore: (tracks: number) => void
  /** Begins again at the same place, after a failure. */
  readonly restart: () => void
  readonly destroy: () => void
}

export interface StreamOptions {
  readonly video: HTMLVideoElement
  /** The address of the master playlist, or of a file. */
  readonly url: string
  readonly startSeconds: number
  readonly store: Store<PlayerState>
  /** Called before the picture goes for a moment, so that it can be held. */
  readonly holdPicture: () => void
}
