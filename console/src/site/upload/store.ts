/** A value outside of the pages, which they follow by `useSyncExternalStore`. */
export interface Store<Value> {
  readonly read: () => Value
  readonly subscribe: (listener: () => void) => () => void
  readonly write: (value: Value) => void
}

/** A store with a first value. */
export function createStore<Value>(first: Value): Store<Value> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    read: () => value,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    write: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
  }
}
