import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Player } from './player.ts'
import type { PlayerState } from './player-state.ts'

/** The player that controls belong to. */
export const PlayerContext = createContext<Player | null>(null)

/** The player; only within a Player component. */
export function usePlayer(): Player {
  const player = useContext(PlayerContext)
  if (!player) throw new TypeError('There is no player around this')
  return player
}

/** A part of the player's state, renewed when that part changes: a value or an object of the state. */
export function usePlayerState<Part>(select: (state: PlayerState) => Part): Part {
  const { store } = usePlayer()
  return useSyncExternalStore(store.subscribe, () => select(store.get()))
}
