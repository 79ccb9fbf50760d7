import type { Server, Socket } from 'socket.io'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { readPendingJobs } from '#jobs/pending.ts'
import { readPolicies } from '#policies/read.ts'
import { findRunner } from '#runners/find.ts'
import { noteSockets } from '#runners/note-sockets.ts'
import { readLoads } from '#runners/read-loads.ts'
import type { RunnerRow } from '#runners/runner.ts'
import { type Caller, createCaller } from './caller.ts'
import type { Roster } from './roster.ts'

/** The runners that are connected to this server process. */
export interface RunnerSockets {
  close(): void
}

/** It is said anew this often that a runner is connected. */
const noteEveryMs = 30_000

/**
 * The one push channel (runner protocol section 4): namespace `/runners`, WebSocket only, the event
 * `available-jobs` without data. Every server process pings its own runners when any of them makes
 * a job available; what other programs emit through a Redis goes to all of them besides.
 */
export function openRunnerSockets(parts: Parts, io: Server, roster: Roster): RunnerSockets {
  const caller = openCaller(parts, roster)
  const stopListening = parts.notifications.on('jobs', () => caller.news())
  const stopFollowing = parts.notifications.on('policies', () => void tellEnd(parts, roster))
  const noting = setInterval(() => note(parts, roster), noteEveryMs)
  const runners = io.of('/runners')
  runners.use((socket, next) => void admit(parts, socket, next))
  runners.on('connection', (socket) => {
    keep(parts, roster, socket)
    caller.wake()
  })
  return {
    close: () => {
      stopListening()
      stopFollowing()
      clearInterval(noting)
      caller.close()
    },
  }
}

/** All are to end: each hears so from the answer when it asks. */
async function tellEnd({ database, config, log }: Parts, roster: Roster): Promise<void> {
  try {
    if ((await readPolicies(database, config)).terminateAll) roster.callAll()
  } catch (error) {
    // They ask by themselves every half a minute.
    log.warn({ err: error }, 'the runners could not be told that they are to end')
  }
}

function openCaller({ database, log }: Parts, roster: Roster): Caller {
  return createCaller({
    listeners: roster.list,
    look: async () => {
      const runnerIds = roster.list().map(({ runnerId }) => runnerId)
      const [pending, loads] = await Promise.all([
        readPendingJobs(database),
        readLoads(database, runnerIds),
      ])
      return { ...pending, loads: new Map(runnerIds.map((id) => [id, loads.get(id) ?? null])) }
    },
    ping: roster.ping,
    onFailure: (error) =>
      log.warn({ err: error }, 'it could not be seen which runners are to be pinged'),
  })
}

function keep(parts: Parts, roster: Roster, socket: Socket): void {
  const { runner } = socket.data as { readonly runner: RunnerRow }
  roster.add(runner, socket)
  note(parts, roster, [runner.id])
  parts.log.debug({ ip: socket.handshake.address }, 'a runner connected')
  socket.on('disconnect', (reason) => {
    roster.remove(runner.id, socket)
    parts.log.debug({ reason }, 'a runner disconnected')
  })
}

function note({ database, log }: Parts, roster: Roster, runnerIds?: readonly number[]): void {
  const ids = runnerIds ?? roster.list().map(({ runnerId }) => runnerId)
  noteSockets(database, ids).catch((error: unknown) => {
    log.warn({ err: error }, 'it could not be noted which runners are connected')
  })
}

async function admit(parts: Parts, socket: Socket, next: (refusal?: Error) => void): Promise<void> {
  try {
    const admission = await identify(parts, socket.handshake.auth['runnerToken'])
    if (typeof admission === 'string') return next(new Error(admission))
    socket.data.runner = admission
    next()
  } catch (error) {
    parts.log.error({ err: error }, 'a runner could not be told from a stranger')
    // A refusal would be final for its client, which tries again by itself after a lost connection.
    socket.conn.close()
  }
}

/** Who it is, or why it is refused, in the words that clients look for (runner protocol section 4). */
async function identify(parts: Parts, runnerToken: unknown): Promise<RunnerRow | string> {
  if (runnerToken === undefined || runnerToken === '') return 'No runner token provided'
  if (typeof runnerToken !== 'string') return 'Invalid runner token'
  try {
    return await findRunner(parts.database, runnerToken)
  } catch (error) {
    if (error instanceof ReelmillError && error.code === 'unknown_runner_token') {
      return 'Invalid runner token'
    }
    throw error
  }
}
