import Hls, { Events } from 'hls.js'
import { writeSettings } from './hls-settings.ts'
import { createMender } from './mend-hls.ts'
import { reportHls } from './report-hls.ts'
import type { Stream, StreamOptions } from './stream.ts'

/** Not more often than this does it begin anew to get new renditions. */
const restartPauseMs = 5000

/** Whether this browser lets a page fill its buffers. */
export function isHlsSupported(): boolean {
  return Hls.isSupported()
}

/** Plays by hls.js, also what still grows. */
export function openHlsStream(options: StreamOptions): Stream {
  const { video, store, startSeconds } = options
  const mender = createMender({
    video,
    restart,
    giveUp: (failure) => store.set({ failure, isWaiting: false }),
  })
  let startedAt = 0
  /** Tracks that the master playlist had, and those that it was last read for. */
  let knownTracks = 0
  let wantedTracks = 0
  let hls = start(startSeconds)

  function start(seconds: number): Hls {
    startedAt = performance.now()
    const started = new Hls(writeSettings(seconds))
    mender.watch(started)
    reportHls(started, store)
    started.on(Events.MANIFEST_LOADED, (_name, { levels, audioTracks }) => {
      knownTracks = new Set([...levels, ...audioTracks].map(({ url }) => url)).size
    })
    started.loadSource(options.url)
    started.attachMedia(video)
    return started
  }
  function restart(): void {
    mender.stop()
    const seconds = video.currentTime || startSeconds
    const goesOn = !video.paused
    options.holdPicture()
    hls.destroy()
    store.set({ failure: null })
    hls = start(seconds)
    // A browser may refuse to go on without a press; then its button is there.
    if (goesOn) video.play().catch(() => undefined)
  }
  return {
    chooseRung(rung) {
      store.set({ chosenRung: rung })
      hls.nextLevel = rung?.level ?? -1
    },
    chooseSound: (index) => {
      hls.audioTrack = index
    },
    lookForMore(tracks) {
      if (knownTracks === 0 || tracks <= Math.max(knownTracks, wantedTracks)) return
      // A small window would close.
      if (performance.now() - startedAt < restartPauseMs || document.pictureInPictureElement) return
      wantedTracks = tracks
      restart()
    },
    restart() {
      mender.forget()
      restart()
    },
    destroy() {
      mender.destroy()
      hls.destroy()
    },
  }
}
