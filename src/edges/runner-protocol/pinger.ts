/** Sends pings that come in bursts as few. */
export interface Pinger {
  /** Sends a ping now, or as soon as the gap allows when one was just sent. */
  ping(): void
  /** Asks for a ping in so many milliseconds, instead of the one asked for so before. */
  pingIn(delayMs: number): void
  close(): void
}

/** Shortest time between two pings: four a second, where one job or a thousand became available. */
const gapMs = 250

/**
 * The first ping of a burst goes out at once, so that an idle runner starts within milliseconds;
 * the others become one at the end of the gap.
 */
export function createPinger(send: () => void): Pinger {
  let lastSentAt = Number.NEGATIVE_INFINITY
  let trailing: NodeJS.Timeout | null = null
  let delayed: NodeJS.Timeout | undefined
  let isClosed = false

  const sendNow = () => {
    trailing = null
    lastSentAt = performance.now()
    send()
  }
  const ping = () => {
    if (trailing || isClosed) return
    const waitMs = lastSentAt + gapMs - performance.now()
    if (waitMs <= 0) sendNow()
    else trailing = setTimeout(sendNow, waitMs)
  }
  const pingIn = (delayMs: number) => {
    clearTimeout(delayed)
    // Who asks may have looked into the database since before the end.
    if (isClosed) return
    delayed = setTimeout(ping, delayMs)
  }
  const close = () => {
    isClosed = true
    if (trailing) clearTimeout(trailing)
    clearTimeout(delayed)
  }
  return { ping, pingIn, close }
}
