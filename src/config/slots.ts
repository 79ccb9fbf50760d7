import { ReelmillError } from '#errors/reelmill-error.ts'

/** Lets so many things be under way at once, the others in turn. */
export interface Slots {
  /**
   * Waits for a slot; what comes back gives it free, and is to be called once.
   *
   * @throws ReelmillError `cancelled` when `signal` fires before there is one.
   */
  take(signal?: AbortSignal): Promise<() => void>
}

/** Makes so many slots. */
export function makeSlots(count: number): Slots {
  let free = count
  const waiting = new Set<() => void>()
  const giveFree = (): void => {
    const [next] = waiting
    if (next) next()
    else free += 1
  }
  const wait = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        waiting.delete(enter)
        signal?.removeEventListener('abort', leave)
        settle()
      }
      const enter = (): void => end(resolve)
      const leave = (): void => end(() => reject(new ReelmillError('cancelled')))
      waiting.add(enter)
      signal?.addEventListener('abort', leave)
    })
  return {
    async take(signal) {
      if (signal?.aborted) throw new ReelmillError('cancelled')
      if (free > 0) free -= 1
      else await wait(signal)
      return giveFree
    },
  }
}

/** Lets one thing of each key be under way, the others of that key in turn. */
export interface Turns {
  /**
   * Waits for the key's turn; what comes back ends it, and is to be called once.
   *
   * @throws ReelmillError `cancelled` when `signal` fires before it comes.
   */
  take(key: string, signal?: AbortSignal): Promise<() => void>
}

/** Makes turns; of keys that nobody uses nothing is kept. */
export function makeTurns(): Turns {
  const known = new Map<string, { readonly slots: Slots; users: number }>()
  return {
    async take(key, signal) {
      const turn = known.get(key) ?? { slots: makeSlots(1), users: 0 }
      known.set(key, turn)
      turn.users += 1
      const leave = (): void => {
        turn.users -= 1
        if (turn.users === 0) known.delete(key)
      }
      try {
        const giveFree = await turn.slots.take(signal)
        return () => {
          giveFree()
          leave()
        }
      } catch (error) {
        leave()
        throw error
      }
    },
  }
}
