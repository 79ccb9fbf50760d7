import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer as readBody } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createLogger } from '#config/log.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { WorkContext, WorkResult, Works } from '#stages/encoding/work.ts'
import { chunkJob, startProtocolServer } from '../test/support/protocol-server.ts'
import { waitFor } from '../test/support/wait-for.ts'
import { type RunnerOptions, runRunner } from './runner.ts'

const result: WorkResult = { cpuSeconds: 1, wallSeconds: 1, peakMemoryBytes: 1, segments: {} }

/** Works that do what a test says; all else about the runner is real. */
function worksOf(work: (context: WorkContext) => Promise<WorkResult>): Works {
  return { 'vod-chunk-encoding': work, 'vod-audio-encoding': work }
}

/** A work that lasts until its job is taken away or the runner stops. */
function workForEver({ signal }: WorkContext): Promise<WorkResult> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
  })
}

interface Ending {
  readonly after: (hook: () => Promise<void> | void) => void
}

/** Hooks that run in the opposite order: what was started last ends first. */
function endInReverse(t: TestContext): Ending {
  const hooks: (() => Promise<void> | void)[] = []
  t.after(async () => {
    for (const hook of hooks.toReversed()) await hook()
  })
  return { after: (hook) => void hooks.push(hook) }
}

async function startRunner(t: Ending, options: Partial<RunnerOptions> & { server: string }) {
  const scratchDir = await mkdtemp(join(tmpdir(), 'reelmill-runner-'))
  const stop = new AbortController()
  const done = runRunner({
    slots: 2,
    threads: 1,
    scratchDir,
    signal: stop.signal,
    log: createLogger({ logLevel: 'silent' }),
    ...options,
  })
  // A test that expects the runner to fail looks at `done` itself.
  done.catch(() => undefined)
  const end = async () => {
    stop.abort()
    await done
  }
  t.after(async () => {
    stop.abort()
    await done.catch(() => undefined)
    await rm(scratchDir, { recursive: true, force: true })
  })
  return { done, end, scratchDir: options.scratchDir ?? scratchDir }
}

test('a runner registers, takes a job when it is pinged, and tells what came of it (D-100, D-101)', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  const contexts: WorkContext[] = []
  const works = worksOf(async (context) => {
    contexts.push(context)
    assert.deepEqual(await readdir(context.scratch), [])
    await server.recordSegments(versionId, '90p', [0])
    return { ...result, segments: { '90p': 1 } }
  })
  const { scratchDir, end } = await startRunner(t, { server: url, registrationToken, works })
  await waitFor('a registered runner', async () => (await listRunnerNames(server)).length === 1)
  const versionId = await server.order({})
  await waitFor(
    'the version in packaging',
    async () => (await server.readVersion(versionId)).state === 'packaging',
  )
  const [context] = contexts
  const [job] = await server.listJobs(versionId)
  assert.equal(context?.payload.type, 'vod-chunk-encoding')
  assert.ok(context.source.kind === 'http')
  // With its ticket.
  const address = `${url}/api/v1/runners/jobs/${job?.uuid}/source/`
  assert.ok(context.source.url.startsWith(address), context.source.url)
  assert.equal(job?.cpu_seconds, 1)
  await end()
  assert.deepEqual(await readdir(scratchDir), [])
  // It had a name of this run only.
  assert.deepEqual(await listRunnerNames(server), [])
})

test('a runner reads a file that its server names only where that started it', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  const path = join(import.meta.dirname, 'runner.ts')
  const { payload } = chunkJob()
  const input = { demuxer: 'mov', originSeconds: 0, sizeBytes: 10, videoStream: 0, path }
  for (const readsInPlace of [true, false]) {
    const seen = Promise.withResolvers<WorkContext['source']>()
    const works = worksOf(async ({ source }) => {
      seen.resolve(source)
      return result
    })
    await server.order({ payload: { ...payload, input } as typeof payload })
    const { end } = await startRunner(t, { server: url, registrationToken, works, readsInPlace })
    const source = await seen.promise
    if (readsInPlace) assert.deepEqual(source, { kind: 'file', path })
    else assert.equal(source.kind, 'http')
    await end()
  }
})

test('a runner takes as many jobs as it has slots, and the next when one ends', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  const versionId = await server.order({}, {}, {}, {}, {})
  await server.recordSegments(versionId, '90p', [0])
  let atOnce = 0
  let most = 0
  const full = Promise.withResolvers<void>()
  const works = worksOf(async () => {
    atOnce += 1
    most = Math.max(most, atOnce)
    if (atOnce === 2) full.resolve()
    await full.promise
    atOnce -= 1
    return result
  })
  await startRunner(t, { server: url, registrationToken, works, slots: 2 })
  await waitFor(
    'the version in packaging',
    async () => (await server.readVersion(versionId)).state === 'packaging',
  )
  assert.equal(most, 2)
})

test('the rest of a sound is handed in when the opening of its video is done', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  const told: string[] = []
  const opening = Promise.withResolvers<void>()
  const works: Works = {
    'vod-chunk-encoding': async () => {
      opening.resolve()
      // A sound that does not wait is refused in the meantime.
      await delay(500)
      told.push('opening')
      return result
    },
    'vod-audio-encoding': async ({ handIn }) => {
      await opening.promise
      // Refused when it is there, for there is no init.
      await handIn.segment('audio-0', 1, Buffer.alloc(8)).catch(() => told.push('sound'))
      return result
    },
  }
  const versionId = await server.order({}, { type: 'vod-audio-encoding' })
  await server.recordSegments(versionId, '90p', [0])
  await startRunner(t, { server: url, registrationToken, works })
  await waitFor('both', () => told.length >= 2)
  assert.deepEqual(told.slice(0, 2), ['opening', 'sound'])
})

test('work on a job that was cancelled ends at once (8.2)', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  const ended = Promise.withResolvers<void>()
  const works = worksOf(async (context) => {
    const timer = setInterval(() => {
      progress += 0.01
      context.report(progress)
    }, 20)
    let progress = 0
    try {
      return await workForEver(context)
    } finally {
      clearInterval(timer)
      ended.resolve()
    }
  })
  await startRunner(t, { server: url, registrationToken, works })
  const versionId = await server.order({})
  await waitFor(
    'a job in work',
    async () => (await server.listJobs(versionId))[0]?.state === 'processing',
  )
  await server.parts.database
    .updateTable('jobs')
    .set({ state: 'cancelled', job_token_hash: null })
    .where('version_id', '=', versionId)
    .execute()
  await ended.promise
  assert.equal((await server.listJobs(versionId))[0]?.failures, 0)
})

test('a runner that stops gives its jobs back and leaves nothing (D-106)', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  const works = worksOf(workForEver)
  const { end, scratchDir } = await startRunner(t, { server: url, registrationToken, works })
  const versionId = await server.order({}, {})
  const states = async () => (await server.listJobs(versionId)).map(({ state }) => state)
  await waitFor('all jobs in work', async () =>
    (await states()).every((state) => state === 'processing'),
  )
  await end()
  assert.deepEqual(await states(), ['pending', 'pending'])
  const [job] = await server.listJobs(versionId)
  assert.equal(job?.failures, 0)
  assert.deepEqual(await readdir(scratchDir), [])
})

test('a short lease is renewed while progress stands still', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t, { leaseSeconds: 1 })
  const { url, registrationToken } = server
  await startRunner(t, { server: url, registrationToken, works: worksOf(workForEver) })
  const versionId = await server.order({})
  const leases = new Set<number>()
  const look = async () => {
    const [job] = await server.listJobs(versionId)
    if (job?.lease_expires_at) leases.add(job.lease_expires_at.getTime())
    return leases.size > 4
  }
  // Were they 20 s apart as in a long one, these would take a minute.
  await waitFor('renewed leases', look, 30_000)
})

test('a failure is told with its code, so that what is final is not tried again', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  const works = worksOf(async () => {
    throw new ReelmillError('source_damaged', 'x'.repeat(6000))
  })
  await startRunner(t, { server: url, registrationToken, works })
  const versionId = await server.order({})
  await waitFor(
    'the failed version',
    async () => (await server.readVersion(versionId)).state === 'failed',
  )
  const [job] = await server.listJobs(versionId)
  assert.equal(job?.error?.['code'], 'source_damaged')
  assert.equal(String(job?.error?.['message']).length, 5000)
})

test('a job that would have ffmpeg read other files is refused before any work', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  let works = 0
  const counted = worksOf(async () => {
    works += 1
    return result
  })
  const { payload } = chunkJob()
  const picture = { scales: [{ width: '160:90[v0];movie=/etc/hostname', height: 90 }] }
  const versionId = await server.order({ payload: { ...payload, picture } as never })
  await startRunner(t, { server: url, registrationToken, works: counted })
  await waitFor('the failure', async () => Boolean((await server.listJobs(versionId))[0]?.failures))
  assert.equal(works, 0)
})

test('a runner keeps its name and token over restarts, and registers anew when it was forgotten', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const { url, registrationToken } = server
  const options = { server: url, registrationToken, name: 'kept', works: worksOf(workForEver) }
  const first = await startRunner(t, options)
  await waitFor('the runner', async () => (await listRunnerNames(server)).includes('kept'))
  await first.end()
  const { id } = await readRunner(server, 'kept')
  const second = await startRunner(t, { ...options, scratchDir: first.scratchDir })
  const versionId = await server.order({})
  await waitFor('its job', async () => (await server.listJobs(versionId))[0]?.runner_id === id)
  await second.end()
  await server.parts.database.deleteFrom('runners').execute()
  await startRunner(t, { ...options, scratchDir: first.scratchDir })
  await waitFor('the runner again', async () => (await listRunnerNames(server)).includes('kept'))
})

test('a runner that was given a token and is not known ends and says so', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const runner = await startRunner(t, { server: server.url, runnerToken: 'ptrt-unknown' })
  await assert.rejects(runner.done, { code: 'unknown_runner_token' })
})

test('a server that is away is waited for', async (testContext) => {
  const t = endInReverse(testContext)
  const server = await startProtocolServer(t)
  const target = new URL(server.url)
  // A door that is shut at first: connections are cut until it opens.
  const door = createServer()
  const refused = Promise.withResolvers<void>()
  let isOpen = false
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request)
    const answer = await fetch(new URL(request.url ?? '', target), {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json' },
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    })
    const headers = { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }
    response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()))
  }
  door.on('request', (request, response) => {
    if (isOpen) return void pass(request, response).catch(() => response.destroy())
    request.socket.destroy()
    refused.resolve()
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  t.after(() => void door.close())
  const address = door.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const versionId = await server.order({})
  const { registrationToken } = server
  await startRunner(t, { server: url, registrationToken, works: worksOf(workForEver) })
  await refused.promise
  isOpen = true
  await waitFor(
    'a job in work',
    async () => (await server.listJobs(versionId))[0]?.state === 'processing',
  )
})

type Server = Awaited<ReturnType<typeof startProtocolServer>>

async function listRunnerNames({ parts }: Server): Promise<string[]> {
  const rows = await parts.database.selectFrom('runners').select('name').execute()
  return rows.map(({ name }) => name)
}

function readRunner({ parts }: Server, name: string): Promise<{ id: number }> {
  return parts.database
    .selectFrom('runners')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
}
