/** Lets so many things be under way at once, the others in turn. */
export interface Slots {
  /** Waits for a slot; what comes back gives it free, and is to be called once. */
  take(): Promise<() => void>
}

/** Makes so many slots. */
export function makeSlots(count: number): Slots {
  let free = count
  const waiting: (() => void)[] = []
  const giveFree = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return {
    async take() {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      return giveFree
    },
  }
}

/** Lets one thing of each key be under way, the others of that key in turn. */
export interface Turns {
  /** Waits for the key's turn; what comes back ends it, and is to be called once. */
  take(key: string): Promise<() => void>
}

/** Makes turns; of keys that nobody uses nothing is kept. */
export function makeTurns(): Turns {
  const known = new Map<string, { readonly slots: Slots; users: number }>()
  return {
    async take(key) {
      const turn = known.get(key) ?? { slots: makeSlots(1), users: 0 }
      known.set(key, turn)
      turn.users += 1
      const giveFree = await turn.slots.take()
      return () => {
        giveFree()
        turn.users -= 1
        if (turn.users === 0) known.delete(key)
      }
    },
  }
}
