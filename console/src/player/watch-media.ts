import type { PlayerState, Range } from './player-state.ts'
import type { Store } from './store.ts'

type Changes = Partial<PlayerState>

/** What each event of a media element says of the state. */
const readers: Readonly<Record<string, (video: HTMLVideoElement) => Changes>> = {
  play: () => ({ isPaused: false, isEnded: false }),
  pause: () => ({ isPaused: true, isWaiting: false }),
  playing: () => ({ isWaiting: false, isEnded: false, hasStarted: true, failure: null }),
  waiting: (video) => ({ isWaiting: !video.paused }),
  seeking: (video) => ({ seconds: video.currentTime, isEnded: false }),
  seeked: readTime,
  canplay: () => ({ isWaiting: false }),
  ended: () => ({ isEnded: true, isPaused: true, isWaiting: false }),
  timeupdate: readTime,
  progress: readTime,
  volumechange: ({ volume, muted }) => ({ volume, isMuted: muted }),
  ratechange: ({ playbackRate }) => ({ speed: playbackRate }),
  enterpictureinpicture: () => ({ isInPicture: true }),
  leavepictureinpicture: () => ({ isInPicture: false }),
}

/** Writes what happens to the element into the store. */
export function watchMedia(
  video: HTMLVideoElement,
  store: Store<PlayerState>,
  signal: AbortSignal,
): void {
  for (const [name, read] of Object.entries(readers)) {
    const listen = () => {
      // A stream that begins anew takes the element's source away for a moment: no news of time.
      if (video.readyState === 0 && read === readTime) return
      store.set(read(video))
    }
    video.addEventListener(name, listen, { signal })
  }
  store.set({ volume: video.volume, isMuted: video.muted, speed: video.playbackRate })
}

function readTime(video: HTMLVideoElement): Changes {
  return { seconds: video.currentTime, buffered: readRanges(video.buffered) }
}

function readRanges(ranges: TimeRanges): Range[] {
  return Array.from({ length: ranges.length }, (_, index) => [
    ranges.start(index),
    ranges.end(index),
  ])
}
