import type { Logger } from 'pino'
import { io } from 'socket.io-client'

interface Ears {
  readonly server: string
  /** Asked at every connection, for the token may have been replaced. */
  readonly runnerToken: () => string
  /** The server is there, maybe another one than before; pings may have been missed. */
  readonly onConnect: () => void
  readonly onJobs: () => void
  readonly onRefused: () => void
  readonly log: Logger
}

/** The connection through which the server says that there is work. */
export interface WorkSocket {
  /** Tries again where the server's refusal ended the tries. */
  revive(): void
  close(): void
}

/** A server that goes on refusing sockets is asked for work no more often because of that. */
const refusalsApartMs = 10_000

/** Listens for `available-jobs` (runner protocol section 4); reconnects by itself, for ever. */
export function openWorkSocket(ears: Ears): WorkSocket {
  const { log } = ears
  const socket = io(new URL('/runners', ears.server).href, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 250,
    reconnectionDelayMax: 5000,
    auth: (send) => send({ runnerToken: ears.runnerToken() }),
  })
  let refusedAt = Number.NEGATIVE_INFINITY
  socket.on('connect', () => {
    log.debug('connected')
    ears.onConnect()
  })
  socket.on('available-jobs', ears.onJobs)
  socket.on('connect_error', (error) => {
    log.debug({ reason: error.message }, 'not connected')
    // No further try of its own means a refusal; the next request tells whether the token is to blame.
    if (socket.active || performance.now() - refusedAt < refusalsApartMs) return
    refusedAt = performance.now()
    ears.onRefused()
  })
  return {
    revive: () => {
      if (!socket.active) socket.connect()
    },
    close: () => void socket.close(),
  }
}
