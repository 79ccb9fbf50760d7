import type { CaptionTracks } from './caption-tracks.ts'
import type { PlayerState } from './player-state.ts'
import type { Rung } from './rungs.ts'
import type { Store } from './store.ts'

/** What controls do with a video. Times are seconds, volumes 0 to 1. */
export interface PlayerActions {
  readonly play: () => void
  readonly pause: () => void
  readonly togglePlay: () => void
  readonly seekTo: (seconds: number) => void
  readonly seekBy: (seconds: number) => void
  readonly setVolume: (volume: number) => void
  readonly toggleMute: () => void
  readonly setSpeed: (speed: number) => void
  readonly chooseRung: (rung: Rung | null) => void
  readonly chooseSound: (index: number) => void
  readonly toggleCaptions: () => void
  readonly toggleFullScreen: () => void
  readonly togglePictureInPicture: () => void
}

/** A video with what is done to it and what is known of it. */
export interface Player extends PlayerActions {
  readonly video: HTMLVideoElement
  readonly store: Store<PlayerState>
  readonly captions: CaptionTracks
  /**
   * Opens an address: a master playlist, or a file. False: it could not, which the store tells, or
   * another one was asked for meanwhile.
   */
  readonly load: (url: string, startSeconds: number) => Promise<boolean>
  /** Takes the stream away. */
  readonly unload: () => void
  /** So many tracks can be played by now (Stream). */
  readonly lookForMore: (tracks: number) => void
  /** Begins again at the same place, after a failure. */
  readonly restart: () => void
  readonly destroy: () => void
}
