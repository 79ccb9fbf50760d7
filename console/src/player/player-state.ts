import type { PlayerFailure } from './judge-error.ts'
import type { Rung } from './rungs.ts'

/** Seconds, from and to. */
export type Range = readonly [number, number]

/** A sound or text track as a menu lists it. */
export interface NamedTrack {
  readonly label: string
  /** BCP 47, or "". */
  readonly language: string
}

/** All that the controls show. Times are seconds. */
export interface PlayerState {
  readonly isPaused: boolean
  readonly isEnded: boolean
  /** It should play and has nothing to show. */
  readonly isWaiting: boolean
  /** It has shown moving pictures at least once. */
  readonly hasStarted: boolean
  readonly seconds: number
  /** Of what there is now: less than the whole while it is being encoded. 0: not known yet. */
  readonly availableSeconds: number
  /** The playlist still grows. */
  readonly isGrowing: boolean
  readonly buffered: readonly Range[]
  /** 0 to 1. */
  readonly volume: number
  readonly isMuted: boolean
  readonly speed: number
  readonly rungs: readonly Rung[]
  /** What it is held at; null: it chooses by itself. */
  readonly chosenRung: Rung | null
  /** The level that is shown now; null: not known. */
  readonly shownLevel: number | null
  readonly sounds: readonly NamedTrack[]
  readonly sound: number
  readonly captions: readonly NamedTrack[]
  /** Null: none is shown. */
  readonly caption: number | null
  readonly isFullScreen: boolean
  readonly isInPicture: boolean
  readonly failure: PlayerFailure | null
}

/** Before anything is known. */
export const firstState: PlayerState = {
  isPaused: true,
  isEnded: false,
  isWaiting: false,
  hasStarted: false,
  seconds: 0,
  availableSeconds: 0,
  isGrowing: false,
  buffered: [],
  volume: 1,
  isMuted: false,
  speed: 1,
  rungs: [],
  chosenRung: null,
  shownLevel: null,
  sounds: [],
  sound: -1,
  captions: [],
  caption: null,
  isFullScreen: false,
  isInPicture: false,
  failure: null,
}
