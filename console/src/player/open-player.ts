import { openCaptionTracks } from './caption-tracks.ts'
import { holdPicture } from './hold-picture.ts'
import type { Player } from './player.ts'
import { createActions } from './player-actions.ts'
import { firstState, type PlayerState } from './player-state.ts'
import { readPreferences } from './preferences.ts'
import { createStore } from './store.ts'
import { tryToFindStream } from './streams/find-stream.ts'
import type { Stream } from './streams/stream.ts'
import { watchMedia } from './watch-media.ts'

interface Elements {
  readonly video: HTMLVideoElement
  /** What fills the screen: the video with its controls. */
  readonly frame: HTMLElement
  /** Holds the last picture while a stream begins anew. */
  readonly canvas: HTMLCanvasElement
}

/** A player of an element; nothing is loaded yet. */
export function openPlayer({ video, frame, canvas }: Elements): Player {
  const store = createStore<PlayerState>(firstState)
  let stream: Stream | null = null
  let loadAgain: (() => void) | null = null
  let asked = 0
  const { volume, isMuted, speed } = readPreferences()
  Object.assign(video, { volume, muted: isMuted, defaultPlaybackRate: speed, playbackRate: speed })
  const closing = new AbortController()
  watchMedia(video, store, closing.signal)
  const captions = openCaptionTracks(video, store, closing.signal)
  const onFullScreen = () => store.set({ isFullScreen: document.fullscreenElement === frame })
  document.addEventListener('fullscreenchange', onFullScreen, { signal: closing.signal })

  function unload(): void {
    asked += 1
    stream?.destroy()
    stream = null
    loadAgain = null
  }
  async function load(url: string, startSeconds: number, isRetry = false): Promise<boolean> {
    unload()
    const own = asked
    const found = await tryToFindStream(url)
    // Meanwhile another one may have been asked for, or none.
    if (own !== asked) return false
    if ('failure' in found) {
      // What a page failed to import it may never ask for again, and after an update it is not there.
      if (isRetry && navigator.onLine) location.reload()
      store.set({ failure: found.failure, isWaiting: false })
      loadAgain = () => void load(url, startSeconds, true).then((isLoaded) => isLoaded && play())
      return false
    }
    store.set({ failure: null })
    const hold = () => holdPicture(video, canvas)
    stream = found.open({ video, url, startSeconds, store, holdPicture: hold })
    return true
  }
  const actions = createActions({ video, frame, store, captions, stream: () => stream })
  const { play } = actions
  return {
    video,
    store,
    captions,
    ...actions,
    load,
    unload,
    lookForMore: (tracks) => stream?.lookForMore(tracks),
    restart: () => (stream ? stream.restart() : loadAgain?.()),
    destroy() {
      unload()
      closing.abort()
    },
  }
}
