import type { Redis } from 'ioredis'

/** A published message: the pattern by which it was subscribed, its channel, its bytes. */
type Hear = (pattern: Buffer, channel: Buffer, message: Buffer) => void

/** The part of an ioredis client with which Socket.IO's adapter listens. */
export interface Subscriber {
  psubscribe(pattern: string): void
  subscribe(): void
  on(event: string, hear: Hear): void
  punsubscribe(): void
  unsubscribe(): void
  off(): void
}

interface Trouble {
  /** Redis did not let this connection subscribe. */
  readonly onRefused: (error: unknown) => void
  /** A message could not be read. */
  readonly onUnreadable: (error: unknown) => void
}

/**
 * What the adapter takes for its client. It subscribes only once and leaves errors to nobody, so a
 * Redis that is full or wants another password at that moment would never be heard again, or end
 * the process; here it subscribes at every new connection.
 *
 * Only broadcasts are listened to. The adapter's other channels carry orders to drop sockets and
 * questions about them, whose answers hold the tokens of runners.
 */
export function keepSubscribed(redis: Redis, { onRefused, onUnreadable }: Trouble): Subscriber {
  const patterns = new Set<string>()
  redis.on('ready', () => {
    if (patterns.size > 0) redis.psubscribe(...patterns).catch(onRefused)
  })
  return {
    psubscribe: (pattern) => {
      patterns.add(pattern)
      if (redis.status === 'ready') redis.psubscribe(pattern).catch(onRefused)
    },
    subscribe: () => undefined,
    on: (event, hear) => {
      if (event === 'pmessageBuffer') redis.on(event, hearSafely(hear, onUnreadable))
    },
    // All of it ends with the connection.
    punsubscribe: () => undefined,
    unsubscribe: () => undefined,
    off: () => undefined,
  }
}

/** Anybody can publish anything: the adapter throws at what it cannot decode. */
function hearSafely(hear: Hear, onUnreadable: (error: unknown) => void): Hear {
  return (...message) => {
    try {
      hear(...message)
    } catch (error) {
      onUnreadable(error)
    }
  }
}
