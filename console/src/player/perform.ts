import type { PlayerAction } from './key-actions.ts'
import { formatClock } from './clock.ts'
import type { Player } from './open-player.ts'
import { nameSpeed, stepSpeed } from './speeds.ts'

/** Seconds; most videos show a picture at least as often. */
const pictureSeconds = 1 / 30

/**
 * Does what a key asks for; what people are told of it in a few words, or null where they see it
 * anyway.
 */
export function performAction(
  player: Player,
  action: Exclude<PlayerAction, { readonly do: 'toggle-help' }>,
): string | null {
  const { video, store } = player
  switch (action.do) {
    case 'toggle-play':
      player.togglePlay()
      return null
    case 'seek-by':
      player.seekBy(action.seconds)
      return `${action.seconds > 0 ? '+' : '−'}${Math.abs(action.seconds)} s`
    case 'seek-to':
      player.seekTo(action.share * (store.get().availableSeconds || video.duration || 0))
      return formatClock(video.currentTime)
    case 'step':
      if (video.paused) player.seekBy(action.frames * pictureSeconds)
      return null
    case 'volume-by':
      player.setVolume(Math.round((video.volume + action.share) * 100) / 100)
      return `Volume ${Math.round(video.volume * 100)} %`
    case 'speed-by':
      player.setSpeed(stepSpeed(video.playbackRate, action.steps))
      return `Speed ${nameSpeed(video.playbackRate)}`
    case 'toggle-mute':
      player.toggleMute()
      return video.muted ? 'Sound off' : 'Sound on'
    case 'toggle-captions':
      if (store.get().captions.length === 0) return 'No captions'
      player.toggleCaptions()
      return store.get().caption === null ? 'Captions off' : 'Captions on'
    case 'toggle-full-screen':
      player.toggleFullScreen()
      return null
    case 'toggle-picture-in-picture':
      player.togglePictureInPicture()
      return null
  }
}
