import { formatClock } from '../words/times.ts'
import type { PlayerAction } from './key-actions.ts'
import type { Player } from './player.ts'
import { nameSpeed, stepSpeed } from './speeds.ts'

/** What the player itself does; the help is its frame's. */
type Deed = Exclude<PlayerAction, { readonly do: 'toggle-help' }>

type Deeds = {
  readonly [Name in Deed['do']]: (
    player: Player,
    deed: Extract<Deed, { readonly do: Name }>,
  ) => string | null
}

/** Seconds; most videos show a picture at least as often. */
const pictureSeconds = 1 / 30

/** Each says in a few words what it did; null where people see it anyway. */
const deeds: Deeds = {
  'toggle-play': (player) => silently(player.togglePlay),
  'seek-by'(player, { seconds }) {
    player.seekBy(seconds)
    return `${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`
  },
  'seek-to'({ seekTo, store, video }, { share }) {
    seekTo(share * (store.get().availableSeconds || video.duration || 0))
    return formatClock(video.currentTime)
  },
  step: ({ video, seekBy }, { frames }) =>
    silently(() => video.paused && seekBy(frames * pictureSeconds)),
  'volume-by'({ video, setVolume }, { share }) {
    setVolume(Math.round((video.volume + share) * 100) / 100)
    return `Volume ${Math.round(video.volume * 100)} %`
  },
  'speed-by'({ video, setSpeed }, { steps }) {
    setSpeed(stepSpeed(video.playbackRate, steps))
    return `Speed ${nameSpeed(video.playbackRate)}`
  },
  'toggle-mute'({ video, toggleMute }) {
    toggleMute()
    return video.muted ? 'Sound off' : 'Sound on'
  },
  'toggle-captions'({ store, toggleCaptions }) {
    if (store.get().captions.length === 0) return 'No captions'
    toggleCaptions()
    return store.get().caption === null ? 'Captions off' : 'Captions on'
  },
  'toggle-full-screen': (player) => silently(player.toggleFullScreen),
  'toggle-picture-in-picture': (player) => silently(player.togglePictureInPicture),
}

/** Does what a key asks for; a few words about it, or null. */
export function performDeed<Name extends Deed['do']>(
  player: Player,
  deed: Extract<Deed, { readonly do: Name }>,
): string | null {
  const own: Deeds[Name] = deeds[deed.do as Name]
  return own(player, deed)
}

function silently(act: () => unknown): null {
  act()
  return null
}
