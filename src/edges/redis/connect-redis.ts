import { Redis } from 'ioredis'
import type { Config } from '#config/config.ts'

export type RedisPlace = Pick<
  Config,
  'redisUrl' | 'redisSentinels' | 'redisSentinelsMaster' | 'redisSentinelsPassword'
>

const longestPauseMs = 5_000
/** Until the Sentinels are asked again; closing lasts up to that long while none answers. */
const sentinelPauseMs = 1_000

const options = {
  connectionName: 'reelmill',
  keepAlive: 10_000,
  connectTimeout: 5_000,
  // It is never given up, and who waits for it here waits in no request.
  maxRetriesPerRequest: null,
  retryStrategy: (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 10), longestPauseMs),
  sentinelRetryStrategy: () => sentinelPauseMs,
  // Whoever uses the connection subscribes anew each time: see keep-subscribed.ts.
  autoResubscribe: false,
}

/** Starts to connect, and connects again for ever; what goes wrong is told by events only. */
export function connectRedis(place: RedisPlace): Redis {
  if (place.redisUrl !== null) return new Redis(place.redisUrl, options)
  const { redisSentinelsPassword: password } = place
  return new Redis({
    ...options,
    ...(password !== null && { password }),
    sentinels: place.redisSentinels.map(({ host, port }) => ({ host, port })),
    name: place.redisSentinelsMaster,
  })
}
