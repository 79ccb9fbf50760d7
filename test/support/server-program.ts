import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Profile } from '#stages/planning/profile.ts'
import type { VideoView } from '#videos/video-view.ts'
import { killProcess, listProcesses } from './processes.ts'
import { placeProfiles, tinyProfile } from './profiles.ts'
import { type Exit, type Program, startProgram } from './program.ts'
import { waitFor } from './wait-for.ts'

/** An answer of the API. */
export interface Answer<Body> {
  readonly status: number
  readonly body: Body
}

/** A `reelmill serve` process, and its API. */
export interface ServerProgram {
  readonly url: string
  readonly dataDir: string
  readonly program: Program
  call<Body>(method: string, path: string, body?: object): Promise<Answer<Body>>
  /** Takes a file of this machine in; the video's id. */
  create(path: string, profile?: string): Promise<string>
  video(id: string): Promise<VideoView>
  /** The video when it has ended, well or badly. */
  settled(id: string, deadlineMs?: number): Promise<VideoView>
  /** As Ctrl-C does. */
  stop(): Promise<Exit>
}

export interface ServerOptions {
  readonly dataDir: string
  readonly profiles?: readonly Profile[]
  readonly env?: Readonly<Record<string, string>>
  /** Any free one when left out. */
  readonly port?: number
}

/** Starts `reelmill serve` on a DATA_DIR and waits until it answers. */
export async function startServerProgram(options: ServerOptions): Promise<ServerProgram> {
  const { dataDir, port = 0 } = options
  await placeProfiles(dataDir, [tinyProfile, ...(options.profiles ?? [])])
  const env = { HOST: '127.0.0.1', PORT: String(port), GRPC_PORT: '0', DATA_DIR: dataDir }
  const program = startProgram(['serve'], {
    cwd: dataDir,
    env: { ...env, LOG_LEVEL: 'warn', ...options.env },
  })
  const [, url = ''] = await program.find(/Reelmill is at (\S+)/)
  return describeServer(url, dataDir, program)
}

function describeServer(url: string, dataDir: string, program: Program): ServerProgram {
  const api = `${url}/api/v1/videos`
  const server: ServerProgram = {
    url,
    dataDir,
    program,
    call: (method, path, body) => callApi(method, `${api}${path}`, body),
    create: async (path, profile = 'tiny') => {
      const answer = await server.call<VideoView>('POST', '', { source: { path }, profile })
      if (answer.status !== 201) throw new Error(JSON.stringify(answer))
      return answer.body.id
    },
    video: async (id) => {
      const { status, body } = await server.call<VideoView>('GET', `/${id}`)
      if (status !== 200) throw new Error(JSON.stringify(body))
      return body
    },
    settled: (id, deadlineMs = 240_000) =>
      waitFor(
        `end of the video ${id}`,
        async () => {
          if (program.hasEnded()) return { gone: program.stderr() }
          const video = await server.video(id)
          return hasEnded(video) ? video : null
        },
        deadlineMs,
      ).then(refuseGone),
    stop: () => {
      program.kill('SIGTERM')
      return program.exited
    },
  }
  return server
}

function refuseGone(end: VideoView | { readonly gone: string }): VideoView {
  if ('gone' in end) throw new Error(`The server is gone:\n${end.gone}`)
  return end
}

function hasEnded({ state }: VideoView): boolean {
  return state === 'published' || state === 'failed' || state === 'cancelled'
}

/** One call that neither hangs nor keeps a connection of a server that may be killed. */
export async function callApi<Body>(
  method: string,
  url: string,
  body?: object,
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(30_000),
    headers: { connection: 'close', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body }
}

/** The process id of the embedded PostgreSQL of a DATA_DIR; null when there is none. */
export async function findPostmaster(dataDir: string): Promise<number | null> {
  const path = join(dataDir, 'postgres', 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  const alive = await listProcesses(join(dataDir, 'postgres'))
  return alive.some((each) => each.pid === pid) ? pid : null
}

/** Ends all that a test may have left running on a DATA_DIR, the database included. */
export async function endAll(dataDir: string): Promise<void> {
  for (const { pid } of await listProcesses(`${dataDir}/`)) killProcess(pid)
  await waitFor('end of all processes', async () => {
    const left = await listProcesses(`${dataDir}/`)
    for (const { pid } of left) killProcess(pid)
    return left.length === 0
  })
}
