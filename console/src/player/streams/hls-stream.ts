import Hls, { type ErrorData, Events } from 'hls.js'
import { type Attempts, judgeError, type StreamError } from '../judge-error.ts'
import { findRung, type Rung, toRungs } from '../rungs.ts'
import { writeSettings } from './hls-settings.ts'
import type { Stream, StreamOptions } from './stream.ts'

/** Not more often than this does it begin anew to get new renditions. */
const restartPauseMs = 5000

/** Whether this browser lets a page fill its buffers. */
export function isHlsSupported(): boolean {
  return Hls.isSupported()
}

/** Plays by hls.js, also what still grows. */
export function openHlsStream(options: StreamOptions): Stream {
  const { video, url, store } = options
  let hls: Hls | null = null
  let startedAt = 0
  /** Tracks that the master playlist had, and those that it was last read for. */
  let knownTracks = 0
  let wantedTracks = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempts: Attempts = { recoveries: 0, restarts: 0 }

  function start(seconds: number): void {
    startedAt = performance.now()
    hls = new Hls(writeSettings(seconds))
    listen(hls)
    hls.loadSource(url)
    hls.attachMedia(video)
  }
  function restart(): void {
    clearTimeout(timer)
    const seconds = hls ? video.currentTime : options.startSeconds
    const goesOn = !video.paused
    options.holdPicture()
    hls?.destroy()
    store.set({ failure: null })
    start(seconds)
    // A browser may refuse to go on without a press; then its button is there.
    if (goesOn) video.play().catch(() => undefined)
  }
  function onError(data: ErrorData): void {
    if (!data.fatal) return
    const verdict = judgeError(toStreamError(data), attempts)
    if (verdict.do === 'give-up') {
      hls?.stopLoad()
      store.set({ failure: verdict.failure, isWaiting: false })
    } else if (verdict.do === 'recover') {
      attempts = { ...attempts, recoveries: attempts.recoveries + 1 }
      // The second time the sound's codec may be what is wrong, as hls.js's documentation says.
      if (attempts.recoveries > 1) hls?.swapAudioCodec()
      hls?.recoverMediaError()
    } else {
      attempts = { ...attempts, restarts: attempts.restarts + 1 }
      clearTimeout(timer)
      timer = setTimeout(restart, verdict.pauseMs)
    }
  }
  function listen(own: Hls): void {
    own.on(Events.ERROR, (_name, data) => onError(data))
    own.on(Events.MANIFEST_LOADED, (_name, { levels, audioTracks }) => {
      knownTracks = new Set([...levels, ...audioTracks].map(({ url: address }) => address)).size
    })
    own.on(Events.MANIFEST_PARSED, () => tellRungs(own))
    own.on(Events.LEVEL_UPDATED, (_name, { details }) =>
      store.set({ isGrowing: details.live, availableSeconds: details.edge }),
    )
    own.on(Events.LEVEL_SWITCHED, (_name, { level }) => store.set({ shownLevel: level }))
    own.on(Events.FRAG_BUFFERED, () => {
      attempts = { recoveries: 0, restarts: 0 }
    })
    for (const name of [Events.AUDIO_TRACKS_UPDATED, Events.AUDIO_TRACK_SWITCHING] as const) {
      own.on(name, () => tellSounds(own))
    }
  }
  function tellRungs(own: Hls): void {
    const rungs = toRungs(own.levels.map(toLevelFacts))
    const { chosenRung } = store.get()
    const same = chosenRung && findRung(rungs, chosenRung)
    if (same) own.loadLevel = same.level
    store.set({ rungs, chosenRung: same ?? null, shownLevel: null })
  }
  function tellSounds(own: Hls): void {
    const sounds = own.audioTracks.map(({ name, lang = '' }) => ({ label: name, language: lang }))
    store.set({ sounds, sound: own.audioTrack })
  }

  start(options.startSeconds)
  return {
    chooseRung(rung) {
      store.set({ chosenRung: rung })
      if (hls) hls.nextLevel = rung?.level ?? -1
    },
    chooseSound(index) {
      if (hls) hls.audioTrack = index
    },
    lookForMore(tracks) {
      if (knownTracks === 0 || tracks <= Math.max(knownTracks, wantedTracks)) return
      if (performance.now() - startedAt < restartPauseMs || document.pictureInPictureElement) return
      wantedTracks = tracks
      restart()
    },
    restart() {
      attempts = { recoveries: 0, restarts: 0 }
      restart()
    },
    destroy() {
      clearTimeout(timer)
      hls?.destroy()
      hls = null
    },
  }
}

function toLevelFacts(level: Hls['levels'][number]) {
  const { width, height, frameRate, bitrate, videoCodec } = level
  return { width, height, frameRate, bitrate, videoCodec }
}

function toStreamError({ type, details, response }: ErrorData): StreamError {
  return { type, details, status: response?.code ?? 0 }
}
