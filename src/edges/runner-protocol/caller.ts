import { CallRounds, type Step, type View } from './call-rounds.ts'
import type { Call, Listener } from './choose-pings.ts'

interface Calling {
  readonly listeners: () => readonly Listener[]
  /** Looks into the database. */
  readonly look: () => Promise<Omit<View, 'lookedAtMs'>>
  readonly ping: (listener: Listener, call: Call) => void
  readonly onFailure: (error: unknown) => void
}

/** Calls runners while there is something to be taken. */
export interface Caller {
  /** Something became available, or may have. */
  news(): void
  /** Somebody listens now. */
  wake(): void
  close(): void
}

/** Shortest time between two looks. */
const lookGapMs = 20
/** The database could not be asked. */
const retryMs = 1_000

/**
 * Calls runners in waves, only as many as there is work for, and goes on while work is left: with
 * 200 idle runners one job is a handful of requests instead of 200 that wait for each other. Every
 * server process calls its own runners.
 */
export function createCaller({ listeners, look, ping, onFailure }: Calling): Caller {
  const rounds = new CallRounds(performance.now())
  let wokenAtMs = performance.now()
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let nextLook: NodeJS.Timeout | undefined
  let nextRested: NodeJS.Timeout | undefined
  let isLooking = false
  let isClosed = false

  const news = () => {
    send(rounds.hearNews(listeners(), performance.now()))
    if (!isLooking) lookIn(0)
  }
  const send = (step: Omit<Step, 'nextInMs'> | null) => {
    for (const listener of step?.pings ?? []) if (step) ping(listener, step.call)
  }
  const lookIn = (delayMs: number) => {
    clearTimeout(nextLook)
    if (isClosed || delayMs === Number.POSITIVE_INFINITY) return
    const waitMs = Math.max(delayMs, lookedAtMs + lookGapMs - performance.now())
    nextLook = setTimeout(() => void start(), Math.max(0, Math.ceil(waitMs)))
  }
  const start = async () => {
    // Who listens later asks by itself when it connects.
    if (isLooking || isClosed || listeners().length === 0) return
    isLooking = true
    lookedAtMs = performance.now()
    const nextInMs = await callUpon().catch((error: unknown) => {
      onFailure(error)
      return retryMs
    })
    isLooking = false
    // The look may not have seen what came in its time.
    lookIn(rounds.hasNewsSince(lookedAtMs) || wokenAtMs > lookedAtMs ? 0 : nextInMs)
  }
  const callUpon = async (): Promise<number> => {
    const view = { ...(await look()), lookedAtMs }
    if (isClosed) return 0
    clearTimeout(nextRested)
    if (view.msToNextRested !== null) nextRested = setTimeout(news, view.msToNextRested)
    const step = rounds.step(view, listeners(), performance.now())
    send(step)
    return step.nextInMs
  }
  lookIn(0)
  return {
    news,
    wake: () => {
      wokenAtMs = performance.now()
      if (!isLooking) lookIn(0)
    },
    close: () => {
      isClosed = true
      clearTimeout(nextLook)
      clearTimeout(nextRested)
    },
  }
}
