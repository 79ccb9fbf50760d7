import { openCaptionTracks } from './caption-tracks.ts'
import { holdPicture } from './hold-picture.ts'
import { firstState, type PlayerState } from './player-state.ts'
import { keepPreferences, readPreferences } from './preferences.ts'
import type { Rung } from './rungs.ts'
import { canPictureInPicture, toggleFullScreen, togglePictureInPicture } from './screen.ts'
import { createStore, type Store } from './store.ts'
import type { Stream } from './streams/stream.ts'
import { watchMedia } from './watch-media.ts'

/** What controls do with a video. Times are seconds, volumes 0 to 1. */
export interface Player {
  readonly video: HTMLVideoElement
  readonly store: Store<PlayerState>
  readonly captions: ReturnType<typeof openCaptionTracks>
  /** Begins to play an address: a master playlist, or a file. */
  load(url: string, startSeconds: number): Promise<void>
  /** Takes the stream away. */
  unload(): void
  lookForMore(tracks: number): void
  /** After a failure. */
  restart(): void
  play(): void
  pause(): void
  togglePlay(): void
  seekTo(seconds: number): void
  seekBy(seconds: number): void
  setVolume(volume: number): void
  toggleMute(): void
  setSpeed(speed: number): void
  chooseRung(rung: Rung | null): void
  chooseSound(index: number): void
  toggleCaptions(): void
  toggleFullScreen(): void
  togglePictureInPicture(): void
  destroy(): void
}

interface Elements {
  readonly video: HTMLVideoElement
  /** What fills the screen: the video with its controls. */
  readonly frame: HTMLElement
  /** Holds the last picture while a stream begins anew. */
  readonly canvas: HTMLCanvasElement
}

/** So far from the end of what there is a jump lands: a picture is sure to be there. */
const endMarginSeconds = 0.2

/** A player of an element; nothing is loaded yet. */
export function openPlayer({ video, frame, canvas }: Elements): Player {
  const store = createStore<PlayerState>(firstState)
  let stream: Stream | null = null
  let loading = 0
  restorePreferences(video)
  const forget = watchMedia(video, store)
  const captions = openCaptionTracks(video, store)
  const onFullScreen = () => store.set({ isFullScreen: document.fullscreenElement === frame })
  document.addEventListener('fullscreenchange', onFullScreen)
  const stopDrawing = drawCaptionsByBrowser(video, captions.drawByBrowser)

  const player: Player = {
    video,
    store,
    captions,
    async load(url, startSeconds) {
      loading += 1
      const own = loading
      const open = await findStream(url)
      // Meanwhile another one may have been asked for, or none.
      if (own !== loading) return
      stream?.destroy()
      const hold = () => holdPicture(video, canvas)
      stream = open({ video, url, startSeconds, store, holdPicture: hold })
    },
    unload() {
      loading += 1
      stream?.destroy()
      stream = null
    },
    lookForMore: (tracks) => stream?.lookForMore(tracks),
    restart: () => stream?.restart(),
    // Refused where a page may not play by itself: then there is a button to press.
    play: () => void video.play().catch(() => undefined),
    pause: () => video.pause(),
    togglePlay: () => (video.paused ? player.play() : player.pause()),
    seekTo(seconds) {
      const { availableSeconds } = store.get()
      const last = Math.max(0, (availableSeconds || video.duration || 0) - endMarginSeconds)
      video.currentTime = Math.min(Math.max(0, seconds), last)
      store.set({ seconds: video.currentTime })
    },
    seekBy: (seconds) => player.seekTo(video.currentTime + seconds),
    setVolume(volume) {
      video.volume = Math.min(1, Math.max(0, volume))
      video.muted = video.volume === 0
      keepPreferences({ volume: video.volume, isMuted: video.muted })
    },
    toggleMute() {
      if (video.muted && video.volume === 0) video.volume = 0.5
      video.muted = !video.muted
      keepPreferences({ volume: video.volume, isMuted: video.muted })
    },
    setSpeed(speed) {
      video.defaultPlaybackRate = speed
      video.playbackRate = speed
      keepPreferences({ speed })
    },
    chooseRung: (rung) => stream?.chooseRung(rung),
    chooseSound: (index) => stream?.chooseSound(index),
    toggleCaptions() {
      const { caption, captions: tracks } = store.get()
      captions.choose(caption === null && tracks.length > 0 ? 0 : null)
    },
    toggleFullScreen: () => toggleFullScreen(frame, video),
    togglePictureInPicture: () => canPictureInPicture() && togglePictureInPicture(video),
    destroy() {
      player.unload()
      forget()
      captions.destroy()
      stopDrawing()
      document.removeEventListener('fullscreenchange', onFullScreen)
    },
  }
  return player
}

/** hls.js comes when it is needed, and only where the browser lets it work. */
async function findStream(url: string) {
  const isPlaylist = new URL(url, document.baseURI).pathname.endsWith('.m3u8')
  if (isPlaylist) {
    const { isHlsSupported, openHlsStream } = await import('./streams/hls-stream.ts')
    if (isHlsSupported()) return openHlsStream
  }
  const { openFileStream } = await import('./streams/file-stream.ts')
  return openFileStream
}

function restorePreferences(video: HTMLVideoElement): void {
  const { volume, isMuted, speed } = readPreferences()
  Object.assign(video, { volume, muted: isMuted, defaultPlaybackRate: speed, playbackRate: speed })
}

/** An iPhone fills its screen with the video alone: our own captions are not there. */
function drawCaptionsByBrowser(
  video: HTMLVideoElement,
  draw: (isDrawn: boolean) => void,
): () => void {
  const begin = () => draw(true)
  const end = () => draw(false)
  video.addEventListener('webkitbeginfullscreen', begin)
  video.addEventListener('webkitendfullscreen', end)
  return () => {
    video.removeEventListener('webkitbeginfullscreen', begin)
    video.removeEventListener('webkitendfullscreen', end)
  }
}
