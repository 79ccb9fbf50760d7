/** How a caller stands after one more call. */
export interface Count {
  readonly limit: number
  /** Calls that are left in this window. */
  readonly remaining: number
  readonly isOver: boolean
  /** When the next window begins, by the clock that was passed in. */
  readonly endsAtMs: number
}

/** Counts calls by caller, in windows that begin with a caller's first call. */
export interface CallCounter {
  readonly count: (caller: string, nowMs: number) => Count
}

interface Options {
  readonly limit: number
  readonly windowMs: number
  /** Callers that are remembered at once: memory stays bounded however many there are. */
  readonly maxCallers: number
}

/**
 * A counter in the memory of this process. Where more callers come at once than it remembers, the
 * one whose window is oldest is forgotten.
 */
export function createCallCounter({ limit, windowMs, maxCallers }: Options): CallCounter {
  // In the order in which their windows began.
  const windows = new Map<string, { calls: number; readonly endsAtMs: number }>()

  const makeRoom = (nowMs: number) => {
    for (const [caller, { endsAtMs }] of windows) {
      if (endsAtMs > nowMs && windows.size < maxCallers) return
      windows.delete(caller)
    }
  }
  return {
    count: (caller, nowMs) => {
      let window = windows.get(caller)
      if (!window || window.endsAtMs <= nowMs) {
        windows.delete(caller)
        makeRoom(nowMs)
        window = { calls: 0, endsAtMs: nowMs + windowMs }
        windows.set(caller, window)
      }
      window.calls += 1
      const remaining = Math.max(0, limit - window.calls)
      return { limit, remaining, isOver: window.calls > limit, endsAtMs: window.endsAtMs }
    },
  }
}
