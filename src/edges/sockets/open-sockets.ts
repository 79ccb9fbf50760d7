import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { RedisEar } from '#edges/redis/open-redis.ts'

/**
 * The one Socket.IO server of a port, below `/socket.io/` (M-01): runners and browsers have namespaces
 * of their own in it, and each namespace asks for a credential of its own. WebSocket only.
 */
export function openSockets(http: HttpServer, redis: RedisEar | null): Server {
  const io = new Server(http, {
    ...(redis && { adapter: redis.adapter }),
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
  })
  // At once and both ways: one that is only half closed would keep the server from ever closing.
  http.on('upgrade', ({ url = '' }, socket) => {
    if (!url.startsWith(io.path())) socket.destroy()
  })
  return io
}
