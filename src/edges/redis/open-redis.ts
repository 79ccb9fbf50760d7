import type { Server } from 'socket.io'
import type { Parts } from '#flow/parts.ts'

/** A Redis on which other programs speak to runners. */
export interface RedisEar {
  /** For Socket.IO's `adapter` option: what is emitted on the Redis reaches the sockets here. */
  readonly adapter: Parameters<Server['adapter']>[0]
  close(): void
}

/**
 * Listens on the Redis of the settings; a Redis that is named plainly wins over Sentinels (D-36).
 * Null when there is none in the settings: then nothing of Redis is even loaded (D-37).
 */
export async function openRedis({ config, log }: Parts): Promise<RedisEar | null> {
  if (config.redisUrl === null && config.redisSentinels.length === 0) return null
  const { listenToRedis } = await import('./listen-to-redis.ts')
  return listenToRedis(config, log)
}
