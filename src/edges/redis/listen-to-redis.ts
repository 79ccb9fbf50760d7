import { createAdapter } from '@socket.io/redis-adapter'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { connectRedis, type RedisPlace } from './connect-redis.ts'
import { keepSubscribed } from './keep-subscribed.ts'
import type { RedisEar } from './open-redis.ts'

/** Servers tell each other through PostgreSQL and need no Redis for it: nothing is published. */
const publisher = { publish: () => undefined, on: () => undefined, off: () => undefined }

/** Listens for what other programs emit to runners, also when Redis comes later or comes back. */
export function listenToRedis(place: RedisPlace, log: Logger): RedisEar {
  const redis = connectRedis(place)
  tellWhetherItIsThere(redis, log)
  const subscriber = keepSubscribed(redis, {
    onRefused: (error) => {
      // A connection that broke in between subscribes anew.
      if (redis.status === 'ready') {
        log.warn({ reason: reasonOf(error) }, 'Redis does not let this server subscribe')
      }
    },
    onUnreadable: (error) => {
      log.warn({ reason: reasonOf(error) }, 'a message on Redis could not be read')
    },
  })
  return {
    adapter: createAdapter(publisher, subscriber),
    close: () => redis.disconnect(),
  }
}

/** Once when it is lost, once when it is back. */
function tellWhetherItIsThere(redis: Redis, log: Logger): void {
  let isMissed = false
  const miss = (error?: unknown) => {
    if (isMissed || redis.status === 'end') return
    isMissed = true
    const facts = error === undefined ? {} : { reason: reasonOf(error) }
    log.warn(facts, 'Redis cannot be used: runners are called as always, other programs wait')
  }
  redis.on('error', miss)
  redis.on('reconnecting', () => miss())
  redis.on('ready', () => {
    isMissed = false
    log.info('Redis is there: other programs can call runners')
  })
}

/** Words only: the errors of a login carry the password in their other fields. */
function reasonOf(error: unknown): string {
  const { message = '', code = 'unknown' } = error as { message?: string; code?: string }
  return message || code
}
