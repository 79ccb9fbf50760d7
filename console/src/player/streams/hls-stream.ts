import Hls, { Events } from 'hls.js'
import { writeSettings } from './hls-settings.ts'
import { createLookout } from './look-again.ts'
import { createMender } from './mend-hls.ts'
import { reportHls } from './report-hls.ts'
import type { Stream, StreamOptions } from './stream.ts'

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
  const lookout = createLookout({ video, restart })
  let place = startSeconds
  let hls = start(place)

  function start(seconds: number): Hls {
    lookout.onStart()
    const started = new Hls(writeSettings(seconds))
    mender.watch(started)
    reportHls(started, store)
    started.on(Events.MANIFEST_LOADED, (_name, { levels, audioTracks }) => {
      lookout.onRead(new Set([...levels, ...audioTracks].map(({ url }) => url)).size)
    })
    started.loadSource(options.url)
    started.attachMedia(video)
    return started
  }
  function restart(): void {
    mender.stop()
    // One that could not even begin is at 0, and where it was is to be kept.
    place = video.currentTime || place
    const goesOn = !video.paused
    options.holdPicture()
    hls.destroy()
    store.set({ failure: null })
    hls = start(place)
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
    lookForMore: (tracks) => lookout.tell(tracks),
    restart() {
      mender.forget()
      restart()
    },
    destroy() {
      mender.destroy()
      lookout.destroy()
      hls.destroy()
    },
  }
}
