/** A value that changes and tells who listens: what React's useSyncExternalStore wants. */
export interface Store<State extends object> {
  readonly get: () => State
  /** Tells nobody when nothing is different. */
  readonly set: (changes: Partial<State>) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** Makes a store with its first state. */
export function createStore<State extends object>(first: State): Store<State> {
  let state = first
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set(changes) {
      const names = Object.keys(changes) as (keyof State)[]
      if (names.every((name) => Object.is(state[name], changes[name]))) return
      state = { ...state, ...changes }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
