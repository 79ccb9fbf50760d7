import type Hls from 'hls.js'
import { type ErrorData, Events } from 'hls.js'
import { type Attempts, judgeError, type PlayerFailure, type StreamError } from '../judge-error.ts'

interface Means {
  readonly restart: () => void
  readonly giveUp: (failure: PlayerFailure) => void
}

/** Goes on where hls.js itself could not, over all its restarts (judge-error.ts). */
export function createMender({ restart, giveUp }: Means) {
  let attempts: Attempts = { recoveries: 0, restarts: 0 }
  let timer: ReturnType<typeof setTimeout> | undefined

  function onError(hls: Hls, data: ErrorData): void {
    if (!data.fatal) return
    const verdict = judgeError(toStreamError(data), attempts)
    if (verdict.do === 'give-up') {
      hls.stopLoad()
      giveUp(verdict.failure)
    } else if (verdict.do === 'recover') {
      attempts = { ...attempts, recoveries: attempts.recoveries + 1 }
      // The second time the sound's codec may be what is wrong, as hls.js's documentation says.
      if (attempts.recoveries > 1) hls.swapAudioCodec()
      hls.recoverMediaError()
    } else {
      attempts = { ...attempts, restarts: attempts.restarts + 1 }
      clearTimeout(timer)
      timer = setTimeout(restart, verdict.pauseMs)
    }
  }
  const forget = () => {
    attempts = { recoveries: 0, restarts: 0 }
  }
  return {
    watch(hls: Hls): void {
      hls.on(Events.ERROR, (_name, data) => onError(hls, data))
      hls.on(Events.FRAG_BUFFERED, forget)
    },
    forget,
    stop: () => clearTimeout(timer),
  }
}

function toStreamError({ type, details, response }: ErrorData): StreamError {
  return { type, details, status: response?.code ?? 0 }
}
