import { judgeMediaError } from '../judge-error.ts'
import type { Stream, StreamOptions } from './stream.ts'

/**
 * The browser plays it by itself: HLS where there are no media source extensions (iPhones of old),
 * and files. It chooses the quality, and tells nothing of it.
 */
export function openFileStream(options: StreamOptions): Stream {
  const { video, url, store, startSeconds } = options
  const listening = new AbortController()

  function load(seconds: number): void {
    video.src = url
    if (seconds > 0) video.currentTime = seconds
  }
  function onError(): void {
    store.set({ failure: judgeMediaError(video.error?.code ?? 0), isWaiting: false })
  }
  function onLength(): void {
    const end = video.seekable.length > 0 ? video.seekable.end(video.seekable.length - 1) : 0
    const isGrowing = video.duration === Number.POSITIVE_INFINITY
    store.set({ isGrowing, availableSeconds: isGrowing ? end : video.duration || 0 })
  }
  const { signal } = listening
  video.addEventListener('error', onError, { signal })
  for (const name of ['durationchange', 'progress']) {
    video.addEventListener(name, onLength, { signal })
  }
  load(startSeconds)
  return {
    chooseRung: () => undefined,
    chooseSound: () => undefined,
    lookForMore: () => undefined,
    restart() {
      const seconds = video.currentTime
      store.set({ failure: null })
      load(seconds)
    },
    destroy() {
      listening.abort()
      video.removeAttribute('src')
      video.load()
    },
  }
}
