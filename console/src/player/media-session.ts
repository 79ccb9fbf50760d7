import type { Player } from './player.ts'

/** What the system shows of a video, on a locked screen and beside the keys for media. */
export interface MediaFacts {
  readonly title: string
  readonly artist: string
  /** The address of a picture. */
  readonly poster: string | null
}

/** Tells the system what plays, and does what its keys ask, until the function that it returns is called. */
export function tellMediaSession(
  player: Player,
  { title, artist, poster }: MediaFacts,
): (() => void) | undefined {
  if (!('mediaSession' in navigator)) return
  const artwork = poster ? [{ src: poster }] : []
  navigator.mediaSession.metadata = new MediaMetadata({ title, artist, artwork })
  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => player.play(),
    pause: () => player.pause(),
    seekbackward: ({ seekOffset }) => player.seekBy(-(seekOffset ?? 10)),
    seekforward: ({ seekOffset }) => player.seekBy(seekOffset ?? 10),
    seekto: ({ seekTime }) => player.seekTo(seekTime ?? 0),
  }
  for (const [name, handler] of Object.entries(handlers)) {
    navigator.mediaSession.setActionHandler(name as MediaSessionAction, handler)
  }
  return () => {
    navigator.mediaSession.metadata = null
    for (const name of Object.keys(handlers)) {
      navigator.mediaSession.setActionHandler(name as MediaSessionAction, null)
    }
  }
}
