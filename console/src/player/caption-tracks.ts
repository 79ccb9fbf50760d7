import type { NamedTrack, PlayerState } from './player-state.ts'
import { keepPreferences, readPreferences } from './preferences.ts'
import type { Store } from './store.ts'

/** A WebVTT file beside the stream. */
export interface CaptionFile {
  readonly label: string
  /** BCP 47. */
  readonly language: string
  readonly url: string
}

/** The captions of a video: those of the stream and those beside it are text tracks of the element. */
export interface CaptionTracks {
  /** By the place in the state's list; null: none. */
  readonly choose: (index: number | null) => void
  /** The cues to show now. */
  readonly onCues: (listener: (cues: readonly VTTCue[]) => void) => () => void
}

const drawnBy: Readonly<Record<string, TextTrackMode>> = {
  webkitbeginfullscreen: 'showing',
  webkitendfullscreen: 'hidden',
}

/** Watches the element's text tracks and keeps one of them read, as people chose, or did before. */
export function openCaptionTracks(
  video: HTMLVideoElement,
  store: Store<PlayerState>,
  signal: AbortSignal,
): CaptionTracks {
  const listeners = new Set<(cues: readonly VTTCue[]) => void>()
  let wanted = readPreferences().captions
  let mode: TextTrackMode = 'hidden'

  function apply(): void {
    const tracks = listTracks(video)
    const shown = wanted === null ? -1 : findLanguage(tracks, wanted)
    for (const [index, track] of tracks.entries()) {
      const due = index === shown ? mode : 'disabled'
      if (track.mode !== due) track.mode = due
      track.oncuechange = index === shown ? () => tellCues(track) : null
    }
    store.set({ captions: keepEqual(store.get().captions, tracks.map(nameTrack)) })
    store.set({ caption: shown < 0 ? null : shown })
    tellCues(tracks[shown])
  }
  function tellCues(track: TextTrack | undefined): void {
    const cues = [...(track?.activeCues ?? [])].filter((cue) => cue instanceof VTTCue)
    for (const listener of listeners) listener(cues)
  }
  for (const name of ['addtrack', 'removetrack']) {
    video.textTracks.addEventListener(name, apply, { signal })
  }
  // An iPhone fills its screen with the video alone: our own captions are not there.
  for (const [name, drawn] of Object.entries(drawnBy)) {
    const listen = () => {
      mode = drawn
      apply()
    }
    video.addEventListener(name, listen, { signal })
  }
  apply()
  return {
    choose(index) {
      const track = index === null ? undefined : listTracks(video)[index]
      wanted = track ? nameTrack(track).label : null
      keepPreferences({ captions: track?.language ?? null })
      apply()
    },
    onCues(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Puts files beside the stream; the function that it returns takes them away. */
export function addCaptionFiles(
  video: HTMLVideoElement,
  files: readonly CaptionFile[],
): () => void {
  const elements = files.map(({ label, language, url }) => {
    const element = document.createElement('track')
    Object.assign(element, { kind: 'subtitles', label, srclang: language, src: url })
    video.append(element)
    return element
  })
  return () => elements.forEach((element) => element.remove())
}

function listTracks(video: HTMLVideoElement): TextTrack[] {
  return [...video.textTracks].filter(({ kind }) => kind === 'subtitles' || kind === 'captions')
}

function nameTrack({ label, language }: TextTrack): NamedTrack {
  return { label: label || language || 'Captions', language }
}

/** By its label, which names one, else by its language, which is what was kept. */
function findLanguage(tracks: readonly TextTrack[], wanted: string): number {
  const byLabel = tracks.findIndex((track) => nameTrack(track).label === wanted)
  return byLabel < 0 ? tracks.findIndex(({ language }) => language === wanted) : byLabel
}

function keepEqual<Value>(before: readonly Value[], after: readonly Value[]): readonly Value[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after
}
