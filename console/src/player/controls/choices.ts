import type { Player } from '../player.ts'
import { usePlayer, usePlayerState } from '../player-context.ts'
import type { PlayerState } from '../player-state.ts'
import { nameRung } from '../rungs.ts'
import { nameSpeed, speeds } from '../speeds.ts'

/** Something that can be chosen, as the menu shows it. */
export interface Choice {
  readonly name: string
  readonly options: readonly Option[]
}

export interface Option {
  readonly name: string
  readonly isChosen: boolean
  readonly choose: () => void
}

/** What there is to choose; what has no two options is left out. */
export function useChoices(): readonly Choice[] {
  const player = usePlayer()
  const state = usePlayerState((each) => each)
  const choices = [
    { name: 'Quality', options: listQualities(player, state) },
    { name: 'Speed', options: listSpeeds(player, state) },
    { name: 'Captions', options: listCaptions(player, state) },
    { name: 'Sound', options: listSounds(player, state) },
  ]
  return choices.filter(({ options }) => options.length > 1)
}

function listQualities(player: Player, { rungs, chosenRung, shownLevel }: PlayerState): Option[] {
  if (rungs.length === 0) return []
  const shown = rungs.find(({ level }) => level === shownLevel)
  const auto = {
    name: chosenRung === null && shown ? `Auto (${nameRung(shown, rungs)})` : 'Auto',
    isChosen: chosenRung === null,
    choose: () => player.chooseRung(null),
  }
  const fixed = rungs.map((rung) => ({
    name: nameRung(rung, rungs),
    isChosen: chosenRung?.level === rung.level,
    choose: () => player.chooseRung(rung),
  }))
  return [auto, ...fixed]
}

function listSpeeds(player: Player, { speed }: PlayerState): Option[] {
  return speeds.map((each) => ({
    name: nameSpeed(each),
    isChosen: Math.abs(each - speed) < 0.001,
    choose: () => player.setSpeed(each),
  }))
}

function listCaptions(player: Player, { captions, caption }: PlayerState): Option[] {
  if (captions.length === 0) return []
  const off = {
    name: 'Off',
    isChosen: caption === null,
    choose: () => player.captions.choose(null),
  }
  const on = captions.map(({ label }, index) => ({
    name: label,
    isChosen: caption === index,
    choose: () => player.captions.choose(index),
  }))
  return [off, ...on]
}

function listSounds(player: Player, { sounds, sound }: PlayerState): Option[] {
  return sounds.map(({ label, language }, index) => ({
    name: label || language || `Sound ${index + 1}`,
    isChosen: sound === index,
    choose: () => player.chooseSound(index),
  }))
}
