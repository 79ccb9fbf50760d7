import type Hls from 'hls.js'
import { Events } from 'hls.js'
import type { PlayerState } from '../player-state.ts'
import { findRung, toRungs } from '../rungs.ts'
import type { Store } from '../store.ts'

/** Writes what hls.js finds in the playlists into the store: how much there is, rungs, sounds. */
export function reportHls(hls: Hls, store: Store<PlayerState>): void {
  hls.on(Events.MANIFEST_PARSED, () => tellRungs(hls, store))
  hls.on(Events.LEVEL_UPDATED, (_name, { details }) =>
    store.set({ isGrowing: details.live, availableSeconds: details.edge }),
  )
  hls.on(Events.LEVEL_SWITCHED, (_name, { level }) => store.set({ shownLevel: level }))
  for (const name of [Events.AUDIO_TRACKS_UPDATED, Events.AUDIO_TRACK_SWITCHING] as const) {
    hls.on(name, () => tellSounds(hls, store))
  }
}

/** A rung that people chose is kept to, also when the ladder has grown. */
function tellRungs(hls: Hls, store: Store<PlayerState>): void {
  const rungs = toRungs(
    hls.levels.map(({ width, height, frameRate, bitrate, videoCodec }) => ({
      ...{ width, height, frameRate, bitrate, videoCodec },
    })),
  )
  const { chosenRung } = store.get()
  const same = chosenRung && findRung(rungs, chosenRung)
  if (same) hls.loadLevel = same.level
  store.set({ rungs, chosenRung: same ?? null, shownLevel: null })
}

function tellSounds(hls: Hls, store: Store<PlayerState>): void {
  const sounds = hls.audioTracks.map(({ name, lang = '' }) => ({ label: name, language: lang }))
  store.set({ sounds, sound: hls.audioTrack })
}
