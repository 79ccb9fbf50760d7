import type { CaptionTracks } from './caption-tracks.ts'
import type { PlayerActions } from './player.ts'
import type { PlayerState } from './player-state.ts'
import { keepPreferences } from './preferences.ts'
import { canPictureInPicture, toggleFullScreen, togglePictureInPicture } from './screen.ts'
import type { Store } from './store.ts'
import type { Stream } from './streams/stream.ts'

interface Parts {
  readonly video: HTMLVideoElement
  readonly frame: HTMLElement
  readonly store: Store<PlayerState>
  readonly captions: CaptionTracks
  readonly stream: () => Stream | null
}

/** So far from the end of what there is a jump lands: a picture is sure to be there. */
const endMarginSeconds = 0.2
/** Of a sound that was at nothing, when it is wanted again. */
const audibleVolume = 0.5

/** What can be done with a video; what people set is kept for the next one. */
export function createActions({ video, frame, store, captions, stream }: Parts): PlayerActions {
  // Refused where a page may not play by itself: then there is a button to press.
  const play = () => void video.play().catch(() => undefined)
  const pause = () => video.pause()
  const seekTo = (seconds: number) => {
    const last = (store.get().availableSeconds || video.duration || 0) - endMarginSeconds
    video.currentTime = Math.min(Math.max(0, seconds), Math.max(0, last))
    store.set({ seconds: video.currentTime })
  }
  return {
    play,
    pause,
    togglePlay: () => (video.paused ? play() : pause()),
    seekTo,
    seekBy: (seconds) => seekTo(video.currentTime + seconds),
    ...createSoundActions(video),
    setSpeed(speed) {
      video.defaultPlaybackRate = speed
      video.playbackRate = speed
      keepPreferences({ speed })
    },
    chooseRung: (rung) => stream()?.chooseRung(rung),
    chooseSound: (index) => stream()?.chooseSound(index),
    toggleCaptions() {
      const { caption, captions: tracks } = store.get()
      captions.choose(caption === null && tracks.length > 0 ? 0 : null)
    },
    toggleFullScreen: () => toggleFullScreen(frame, video),
    togglePictureInPicture() {
      if (canPictureInPicture()) togglePictureInPicture(video)
    },
  }
}

function createSoundActions(
  video: HTMLVideoElement,
): Pick<PlayerActions, 'setVolume' | 'toggleMute'> {
  const keep = () => keepPreferences({ volume: video.volume, isMuted: video.muted })
  return {
    setVolume(volume) {
      video.volume = Math.min(1, Math.max(0, volume))
      video.muted = video.volume === 0
      keep()
    },
    toggleMute() {
      if (video.volume === 0) video.volume = audibleVolume
      video.muted = !video.muted
      keep()
    },
  }
}
