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
