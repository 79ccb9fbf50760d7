import type { Agent } from 'node:http'
import { io, type Socket } from 'socket.io-client'
import { type Answer, postJson } from './post-json.ts'
import { registerRunner } from './register-runner.ts'

/** A job in this runner's hands. */
export interface Taken {
  readonly uuid: string
  readonly acceptedAtMs: number
}

interface Options {
  readonly server: string
  readonly registrationToken: string
  readonly name: string
  readonly agent: Agent
  readonly onTaken: (taken: Taken) => void
}

/** A runner that does nothing but take jobs. */
export interface IdleRunner {
  /** Settles when it has nothing under way; fails when asking or accepting did. */
  readonly calm: () => Promise<void>
  readonly close: () => void
}

/** Registers and connects, as any runner of the protocol does; at each ping it asks and accepts. */
export async function openIdleRunner(options: Options): Promise<IdleRunner> {
  const { server, registrationToken, name, agent } = options
  const post = (path: string, body: object): Promise<Answer> =>
    postJson({ url: `${server}/api/v1/runners${path}`, body, agent })
  const runnerToken = await registerRunner({ server, registrationToken, name })
  const take = async (): Promise<void> => {
    const jobTypes = ['vod-chunk-encoding', 'vod-audio-encoding']
    const { body } = await post('/jobs/request', { runnerToken, jobTypes })
    const { availableJobs } = body as { readonly availableJobs: readonly { uuid: string }[] }
    for (const { uuid } of availableJobs) {
      const { status } = await post(`/jobs/${uuid}/accept`, { runnerToken })
      if (status === 200) return options.onTaken({ uuid, acceptedAtMs: performance.now() })
    }
  }
  const socket = await connectRunner(server, runnerToken)
  let underWay = Promise.resolve()
  socket.on('available-jobs', () => {
    underWay = Promise.all([underWay, take()]).then(() => undefined)
    // Told by `calm`.
    underWay.catch(() => undefined)
  })
  return { calm: () => underWay, close: () => void socket.close() }
}

/** A runner's socket, connected. */
export function connectRunner(server: string, runnerToken: string): Promise<Socket> {
  const socket = io(`${server}/runners`, {
    transports: ['websocket'],
    forceNew: true,
    auth: { runnerToken },
  })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })
}
