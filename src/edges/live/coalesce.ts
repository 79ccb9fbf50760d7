/** Work that is asked for often and done seldom. */
export interface Coalescer {
  /** Asks for a run: now, or as soon as the pause after the last one is over. */
  ask: () => void
  /** No run starts any more. */
  stop: () => void
}

/**
 * Runs at once when asked, then not before `pauseMs` have passed since the run ended; what was asked
 * meanwhile becomes one run. `run` must not fail.
 */
export function coalesce(run: () => Promise<void>, pauseMs: number): Coalescer {
  let phase: 'idle' | 'busy' | 'stopped' = 'idle'
  let asked = false

  const ask = (): void => {
    asked = true
    if (phase !== 'idle') return
    phase = 'busy'
    asked = false
    void run().then(() => setTimeout(rest, pauseMs).unref())
  }
  const rest = (): void => {
    if (phase === 'stopped') return
    phase = 'idle'
    if (asked) ask()
  }
  return {
    ask,
    stop: () => {
      phase = 'stopped'
    },
  }
}
