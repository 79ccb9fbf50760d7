import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { fastify } from 'fastify'
import type { Kysely, Transaction } from 'kysely'
import { type Config, readConfig } from '#config/config.ts'
import { createLogger } from '#config/log.ts'
import { listen } from '#database/notifications.ts'
import { openStepQueue } from '#database/step-queue.ts'
import type { Tables } from '#database/tables.ts'
import { runnerProtocol } from '#edges/runner-protocol/runner-protocol.ts'
import type { Parts } from '#flow/parts.ts'
import { createJobs, type NewJob } from '#jobs/create.ts'
import type { JobRow } from '#jobs/job.ts'
import { openGuardedClient } from '#network/guarded-client.ts'
import { createRegistrationToken } from '#runners/registration-tokens.ts'
import { openMemoryStorage } from '#storage/memory/driver.ts'
import { openStorage } from '#storage/open.ts'
import { createTestDatabase } from './database.ts'

/** An answer of the server. */
export interface Answer {
  readonly status: number
  /** Parsed JSON; null where there is none. */
  // Tests read whatever they expect to be there.
  readonly body: Readonly<Record<string, never>> | null
  readonly headers: Headers
}

/** A runner as the wire sees it. */
export interface TestRunner {
  readonly id: number
  readonly runnerToken: string
}

/** A job that a test runner holds. */
export interface HeldJob {
  readonly uuid: string
  readonly jobToken: string
  readonly runnerToken: string
}

/** A server as its runners reach it, and its database, by which a test orders work and looks. */
export interface Wire {
  readonly url: string
  readonly database: Kysely<Tables>
  readonly registrationToken: string
  post(path: string, body: object | FormData): Promise<Answer>
  register(facts?: object): Promise<TestRunner>
  /** A version in the state `encoding` with these jobs; its id. */
  order(...jobs: Partial<NewJob>[]): Promise<string>
  accept(uuid: string, runner: TestRunner): Promise<HeldJob>
  /** Orders one job and lets a runner accept it. */
  hold(runner: TestRunner, job?: Partial<NewJob>): Promise<HeldJob & { versionId: string }>
  readJob(uuid: string): Promise<JobRow>
  readVersion(versionId: string): Promise<Pick<Tables['versions'], 'state'>>
  /** Orders a job more of a version. */
  orderFor(tx: Transaction<Tables>, versionId: string, job: Partial<NewJob>): Promise<string[]>
  listJobs(versionId: string): Promise<JobRow[]>
  /** Writes the rows of segments that were handed in. */
  recordSegments(versionId: string, track: string, numbers: readonly number[]): Promise<void>
}

/** A server that speaks the runner protocol and nothing else, on a real port and a real database. */
export interface ProtocolServer extends Wire {
  readonly parts: Parts
  /** DATABASE_URL for a process that a test starts on the same data. */
  readonly databaseUrl: string
}

export const prefix = '/api/v1/runners'

/** A chunk of `frames` frames from `firstFrame` on, in segments of 50, one rendition "90p". */
export function chunkJob(firstFrame = 0, frames: number | null = 50): NewJob {
  const payload = {
    type: 'vod-chunk-encoding',
    input: { demuxer: 'mov', originSeconds: 0, sizeBytes: 10, videoStream: 0 },
    grid: {
      frameRate: [25, 1],
      frames: 500,
      framesAtMost: 500,
      heldFrames: 0,
      gopFrames: 50,
      segmentFrames: 50,
      timescale: 12800,
      frameTicks: 512,
    },
    chunk: { firstFrame, frames, tailFrames: 0 },
    picture: {
      color: { space: 'bt709', primaries: 'bt709', transfer: 'bt709', convert: false },
      scales: [{ width: 160, height: 90 }],
    },
    renditions: [
      { name: '90p', codec: 'h264', width: 160, height: 90, encoder: { reorderFrames: 2 } },
    ],
  }
  return {
    type: 'vod-chunk-encoding',
    priority: 1,
    label: `chunk at ${firstFrame}`,
    payload: payload as unknown as NewJob['payload'],
    encoders: ['libx264'],
    weight: 1,
  }
}

/** Starts the server; it ends with the test. */
export async function startProtocolServer(
  t: { readonly after: (hook: () => Promise<void> | void) => void },
  settings: Partial<Config> = {},
): Promise<ProtocolServer> {
  const { database, connection, url: databaseUrl } = await createTestDatabase(t)
  const config = readConfig({}, { logLevel: 'silent', ...settings })
  const log = createLogger(config)
  const queue = await openStepQueue(connection, log)
  const notifications = await listen(connection, log)
  const storage = settings.storage ? await openStorage(config) : openMemoryStorage()
  const web = openGuardedClient({ allow: config.urlAllow, ports: config.urlPorts })
  const parts: Parts = { config, log, database, storage, queue, notifications, web }
  const app = fastify({ forceCloseConnections: true })
  await app.register(runnerProtocol(parts), { prefix })
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await app.close()
    await web.close()
    await notifications.close()
    await queue.stop(0)
  })
  const { port } = app.server.address() as AddressInfo
  const { token } = await createRegistrationToken(database)
  return { ...describeWire(database, `http://127.0.0.1:${port}`, token), parts, databaseUrl }
}

/** The wire of any server that works on this database. */
export function describeWire(
  database: Kysely<Tables>,
  url: string,
  registrationToken: string,
): Wire {
  const server: Wire = {
    url,
    database,
    registrationToken,
    post: (path, body) => post(`${url}${prefix}${path}`, body),
    register: async (facts = {}) => {
      const name = `runner-${randomUUID()}`
      const body = { registrationToken, name, encoders: ['libx264', 'aac'], ...facts }
      const answer = await server.post('/register', body)
      return answer.body as unknown as TestRunner
    },
    order: (...jobs) => order(database, jobs),
    accept: async (uuid, { runnerToken }) => {
      const answer = await server.post(`/jobs/${uuid}/accept`, { runnerToken })
      const { jobToken } = (answer.body as unknown as { job: HeldJob }).job
      return { uuid, jobToken, runnerToken }
    },
    hold: async (runner, job = {}) => {
      const versionId = await server.order(job)
      const [row] = await server.listJobs(versionId)
      return { ...(await server.accept(row?.uuid ?? '', runner)), versionId }
    },
    readJob: (uuid) =>
      database.selectFrom('jobs').selectAll().where('uuid', '=', uuid).executeTakeFirstOrThrow(),
    readVersion: (versionId) =>
      database
        .selectFrom('versions')
        .select('state')
        .where('id', '=', versionId)
        .executeTakeFirstOrThrow(),
    orderFor: (tx, versionId, job) => createJobs(tx, versionId, [{ ...chunkJob(), ...job }]),
    listJobs: (versionId) =>
      database
        .selectFrom('jobs')
        .selectAll()
        .where('version_id', '=', versionId)
        .orderBy('id')
        .execute(),
    recordSegments: (versionId, track, numbers) =>
      recordSegments(database, versionId, track, numbers),
  }
  return server
}

async function post(url: string, body: object | FormData): Promise<Answer> {
  const isForm = body instanceof FormData
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    ...(isForm
      ? { body }
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  const { status, headers } = response
  return { status, headers, body: text === '' ? null : (JSON.parse(text) as Answer['body']) }
}

async function order(database: Kysely<Tables>, jobs: readonly Partial<NewJob>[]): Promise<string> {
  const [videoId, versionId] = [randomUUID(), randomUUID()]
  await database.transaction().execute(async (tx) => {
    await tx
      .insertInto('videos')
      .values({ id: videoId, name: 'a', profile: 'default', metadata: '{}' })
      .execute()
    await tx
      .insertInto('versions')
      .values({
        id: versionId,
        video_id: videoId,
        number: 1,
        state: 'encoding',
        source_key: `sources/${videoId}/1/source`,
        prefix: `videos/${videoId}/1/`,
      })
      .execute()
    await createJobs(
      tx,
      versionId,
      jobs.map((job) => ({ ...chunkJob(), ...job })),
    )
  })
  return versionId
}

async function recordSegments(
  database: Kysely<Tables>,
  versionId: string,
  track: string,
  numbers: readonly number[],
): Promise<void> {
  const init = Buffer.from('init')
  await database
    .insertInto('tracks')
    .values({ version_id: versionId, name: track, codecs: 'avc1', timescale: 12800, init })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await database
    .insertInto('segments')
    .values(
      numbers.map((number) => ({
        version_id: versionId,
        track,
        number,
        duration_ticks: 25600,
        bytes: 100,
        samples: 50,
        keyframes: '[]',
      })),
    )
    .execute()
}
