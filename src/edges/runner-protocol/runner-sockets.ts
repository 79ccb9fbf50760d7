import type { Server as HttpServer } from 'node:http'
import { type Namespace, Server, type Socket } from 'socket.io'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { readPendingJobs } from '#jobs/offer.ts'
import { findRunner } from '#runners/find.ts'
import { createPinger } from './pinger.ts'

/** The runners that are connected to this server process. */
export interface RunnerSockets {
  close(): Promise<void>
}

/** A runner whose ping was lost, or whose answer failed, is asked again this often (5.3). */
const reminderMs = 30_000

/**
 * The one push channel (runner protocol section 4): namespace `/runners`, WebSocket only, the event
 * `available-jobs` without data. Every server process pings its own runners when any of them makes
 * a job available.
 */
export function openRunnerSockets(parts: Parts, http: HttpServer): RunnerSockets {
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
  })
  // At once and both ways: one that is only half closed would keep the server from ever closing.
  http.on('upgrade', ({ url = '' }, socket) => {
    if (!url.startsWith(io.path())) socket.destroy()
  })
  const runners = io.of('/runners')
  runners.use((socket, next) => void admit(parts, socket, next))
  runners.on('connection', (socket) => {
    parts.log.debug({ ip: socket.handshake.address }, 'a runner connected')
    socket.on('disconnect', (reason) => parts.log.debug({ reason }, 'a runner disconnected'))
  })
  const stopPings = pingWhenJobsCome(parts, runners)
  return {
    close: async () => {
      stopPings()
      // Without a word of goodbye, which would keep clients from trying again by themselves. The HTTP
      // server is Fastify's to close.
      io.engine.close()
    },
  }
}

async function admit(parts: Parts, socket: Socket, next: (refusal?: Error) => void): Promise<void> {
  try {
    const refusal = await findRefusal(parts, socket.handshake.auth['runnerToken'])
    next(refusal === null ? undefined : new Error(refusal))
  } catch (error) {
    parts.log.error({ err: error }, 'a runner could not be told from a stranger')
    // A refusal would be final for its client, which tries again by itself after a lost connection.
    socket.conn.close()
  }
}

/** Why a socket is refused, in the words that clients look for (runner protocol section 4). */
async function findRefusal(parts: Parts, runnerToken: unknown): Promise<string | null> {
  if (runnerToken === undefined || runnerToken === '') return 'No runner token provided'
  if (typeof runnerToken !== 'string') return 'Invalid runner token'
  try {
    await findRunner(parts.database, runnerToken)
    return null
  } catch (error) {
    if (error instanceof ReelmillError && error.code === 'unknown_runner_token') {
      return 'Invalid runner token'
    }
    throw error
  }
}

/**
 * Pings at once when a job became available, at the end of its rest where it was tried before, and
 * now and then while there are any.
 */
function pingWhenJobsCome(parts: Parts, runners: Namespace): () => void {
  const lookAhead = () => {
    readPendingJobs(parts.database).then(
      ({ any, msToNextRested }) => {
        if (any) pinger.pingIn(Math.min(msToNextRested ?? reminderMs, reminderMs))
      },
      (error: unknown) => {
        parts.log.warn({ err: error }, 'it could not be seen when runners are to be pinged')
        pinger.pingIn(reminderMs)
      },
    )
  }
  const pinger = createPinger(() => {
    runners.emit('available-jobs')
    lookAhead()
  })
  const stopListening = parts.notifications.on('jobs', () => pinger.ping())
  lookAhead()
  return () => {
    stopListening()
    pinger.close()
  }
}
