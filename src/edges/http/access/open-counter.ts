/** Counts what is open at once, by caller and in all. */
export interface OpenCounter {
  /** Counts one more; the function ends it, once. Null where that would be too many. */
  readonly enter: (caller: string) => (() => void) | null
}

interface Limits {
  readonly perCaller: number
  readonly inAll: number
}

/** A counter in the memory of this process: it remembers only callers that have something open. */
export function createOpenCounter({ perCaller, inAll }: Limits): OpenCounter {
  const counts = new Map<string, number>()
  let all = 0

  const leave = (caller: string): void => {
    all -= 1
    const left = (counts.get(caller) ?? 0) - 1
    if (left > 0) counts.set(caller, left)
    else counts.delete(caller)
  }
  return {
    enter: (caller) => {
      const count = counts.get(caller) ?? 0
      if (count >= perCaller || all >= inAll) return null
      counts.set(caller, count + 1)
      all += 1
      let isOpen = true
      return () => {
        if (isOpen) leave(caller)
        isOpen = false
      }
    },
  }
}
