import type Hls from 'hls.js'
import { type ErrorData, Events } from 'hls.js'
import { judgeError, type PlayerFailure, type StreamError } from '../judge-error.ts'
import { isOver, noTrouble } from './trouble.ts'

interface Means {
  readonly video: HTMLVideoElement
  readonly restart: () => void
  readonly giveUp: (failure: PlayerFailure) => void
}

/** Goes on where hls.js itself could not, over all its restarts (judge-error.ts). */
export function createMender({ video, restart, giveUp }: Means) {
  let trouble = noTrouble
  let timer: ReturnType<typeof setTimeout> | undefined
  const listening = new AbortController()

  function onError(hls: Hls, data: ErrorData): void {
    if (!data.fatal) return
    const verdict = judgeError(toStreamError(data), trouble)
    trouble = { ...trouble, untilSeconds: findEnd(data) }
    if (verdict.do === 'give-up') {
      hls.stopLoad()
      giveUp(verdict.failure)
    } else if (verdict.do === 'recover') {
      trouble = { ...trouble, recoveries: trouble.recoveries + 1 }
      // The second time the sound's codec may be what is wrong, as hls.js's documentation says.
      if (trouble.recoveries > 1) hls.swapAudioCodec()
      hls.recoverMediaError()
    } else {
      trouble = { ...trouble, restarts: trouble.restarts + 1 }
      clearTimeout(timer)
      timer = setTimeout(restart, verdict.pauseMs)
    }
  }
  /** The end of the segment that failed. A playlist that fails on the way there changes nothing. */
  function findEnd({ frag }: ErrorData): number {
    const end = frag ? frag.start + frag.duration : trouble.untilSeconds
    return Math.max(end, video.currentTime)
  }
  const forget = () => {
    trouble = noTrouble
  }
  const onTime = () => {
    if (isOver(trouble, video)) forget()
  }
  for (const name of ['timeupdate', 'ended']) {
    video.addEventListener(name, onTime, { signal: listening.signal })
  }
  return {
    watch(hls: Hls): void {
      hls.on(Events.ERROR, (_name, data) => onError(hls, data))
    },
    forget,
    stop: () => clearTimeout(timer),
    destroy() {
      clearTimeout(timer)
      listening.abort()
    },
  }
}

function toStreamError({ type, details, response }: ErrorData): StreamError {
  return { type, details, status: response?.code ?? 0 }
}
