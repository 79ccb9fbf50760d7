import { openCaptionTracks } from './caption-tracks.ts'
import { holdPicture } from './hold-picture.ts'
import type { Player } from './player.ts'
import { createActions } from './player-actions.ts'
import { firstState, type PlayerState } from './player-state.ts'
import { readPreferences } from './preferences.ts'
import { createStore } from './store.ts'
import { findStream } from './streams/find-stream.ts'
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
  }
  return {
    video,
    store,
    captions,
    ...createActions({ video, frame, store, captions, stream: () => stream }),
    async load(url, startSeconds) {
      unload()
      const own = asked
      const open = await findStream(url)
      // Meanwhile another one may have been asked for, or none.
      if (own !== asked) return
      const hold = () => holdPicture(video, canvas)
      stream = open({ video, url, startSeconds, store, holdPicture: hold })
    },
    unload,
    lookForMore: (tracks) => stream?.lookForMore(tracks),
    restart: () => stream?.restart(),
    destroy() {
      unload()
      closing.abort()
    },
  }
}
