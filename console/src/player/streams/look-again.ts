/** Not more often than this does it begin anew to get new renditions. */
const restartPauseMs = 5000

/** What is known of the tracks when somebody asks whether the master playlist is to be read anew. */
export interface Look {
  /** Tracks that can be played by now. */
  readonly wanted: number
  /** Tracks that the master playlist had; 0: it has not come yet. */
  readonly known: number
  /** Tracks that could be played when it was last asked for. */
  readonly readFor: number
  /** Since it was last asked for. */
  readonly sinceMs: number
  /** It shows in a small window, which would close. */
  readonly isInPicture: boolean
}

/**
 * How long to wait until the master playlist is read anew, in ms. Null: there is nothing to look for,
 * or something else has to come first, after which to ask again.
 */
export function pauseUntilLook({
  wanted,
  known,
  readFor,
  sinceMs,
  isInPicture,
}: Look): number | null {
  if (known === 0 || isInPicture || wanted <= Math.max(known, readFor)) return null
  return Math.max(0, restartPauseMs - sinceMs)
}

interface Means {
  readonly video: HTMLVideoElement
  readonly restart: () => void
}

/** Begins anew when there are more renditions than the master playlist had. */
export function createLookout({ video, restart }: Means) {
  let tracks = { wanted: 0, known: 0, readFor: 0 }
  let startedAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const listening = new AbortController()

  function look(): void {
    clearTimeout(timer)
    const isInPicture = document.pictureInPictureElement === video
    const sinceMs = performance.now() - startedAt
    const pauseMs = pauseUntilLook({ ...tracks, sinceMs, isInPicture })
    if (pauseMs === 0) restart()
    else if (pauseMs !== null) timer = setTimeout(look, pauseMs)
  }
  video.addEventListener('leavepictureinpicture', look, { signal: listening.signal })
  return {
    /** So many can be played by now. */
    tell(wanted: number): void {
      tracks = { ...tracks, wanted }
      look()
    },
    /** The master playlist is being asked for. */
    onStart(): void {
      startedAt = performance.now()
      tracks = { ...tracks, readFor: tracks.wanted }
    },
    /** It came, with so many. */
    onRead(known: number): void {
      tracks = { ...tracks, known }
      look()
    },
    destroy(): void {
      clearTimeout(timer)
      listening.abort()
    },
  }
}
