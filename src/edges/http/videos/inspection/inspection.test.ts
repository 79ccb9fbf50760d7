import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { notify } from '#database/notifications.ts'
import { recordEvent } from '#flow/advance.ts'
import { createJobs } from '#jobs/create.ts'
import { createKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import type { ChunkMap } from '#videos/chunk-map/chunk-map.ts'
import type { FailureView } from '#videos/past/list-failures.ts'
import type { History } from '#videos/past/list-history.ts'
import type { VersionView } from '#videos/past/list-versions.ts'
import { openTestHttpServer } from '../../../../../test/support/http-server.ts'
import { insertVideoRows } from '../../../../../test/support/video-rows.ts'

const plan = {
  kind: 'chunks',
  profile: 'default',
  grid: { frameRate: [25, 1], frames: 75, segmentFrames: 25, gopFrames: 25 },
  chunks: [
    { firstFrame: 0, frames: 25, tailFrames: 0 },
    { firstFrame: 25, frames: 50, tailFrames: 0 },
  ],
  video: [
    { name: '90p', width: 160, height: 90 },
    { name: '45p', width: 80, height: 45 },
  ],
  audio: [{ name: 'audio-0' }],
}

const chunkJob = (label: string, chunk: object, renditions: readonly string[]) => ({
  ...{ type: 'vod-chunk-encoding', priority: 1, label, encoders: [], weight: 1 },
  payload: { chunk, renditions: renditions.map((name) => ({ name })) },
})

async function openVideo(t: TestContext) {
  const server = await openTestHttpServer(t, { adminKey: 'the-key' })
  const { database } = server.parts
  const rows = await insertVideoRows(database, { plan, media: { durationSeconds: 3 } })
  const { id: ownerId } = await createUser(database, {
    ...{ name: 'owner', role: 'uploader', password: 'a long password' },
  })
  await database.updateTable('videos').set({ owner_id: ownerId }).execute()
  const keyOf = async (role: 'viewer' | 'uploader', userId: string | null) =>
    (await createKey(database, { name: 'k', role, scopes: null, userId, expiresAt: null })).key
  const [viewer, owner] = [await keyOf('viewer', null), await keyOf('uploader', ownerId)]
  const call = async <T>(path: string, key = 'the-key', init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const url = `${server.url}/api/v1/videos${path}`
    const response = await fetch(url, { ...init, headers })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : null) as T }
  }
  return { ...server, ...rows, database, call, viewer, owner }
}

type Video = Awaited<ReturnType<typeof openVideo>>

async function addJobs({ database, versionId }: Video): Promise<readonly string[]> {
  return database.transaction().execute((tx) =>
    createJobs(tx, versionId, [
      chunkJob('opening, 45p', { firstFrame: 0, frames: 25 }, ['45p']),
      chunkJob('opening', { firstFrame: 0, frames: 25 }, ['90p']),
      chunkJob('chunk 1', { firstFrame: 25, frames: 50 }, ['90p', '45p']),
      {
        ...{ type: 'vod-audio-encoding', priority: 1, label: 'audio', encoders: [], weight: 1 },
        payload: { renditions: [{ name: 'audio-0' }] },
      },
    ]),
  )
}

async function addRunner({ database }: Video): Promise<number> {
  const { id } = await database
    .insertInto('runners')
    .values({ name: 'attic', token_hash: Buffer.from('t') })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

test('The chunk map tells of every chunk its jobs, runner, tries, times and segments (P-71, P-72, U122)', async (t) => {
  const video = await openVideo(t)
  const { database, videoId, versionId, call, owner, viewer } = video
  const [first] = await addJobs(video)
  await database
    .updateTable('jobs')
    .set({
      ...{ state: 'completed', progress: 1, cpu_seconds: 3, runner_id: await addRunner(video) },
      started_at: sql<Date>`now() - interval '10 seconds'`,
      finished_at: sql<Date>`now() - interval '8 seconds'`,
    })
    .where('uuid', '=', first ?? '')
    .execute()
  await database
    .insertInto('tracks')
    .values({ version_id: versionId, name: '45p', codecs: '', timescale: 1, init: Buffer.alloc(1) })
    .execute()
  const segment = { version_id: versionId, track: '45p', duration_ticks: 1, bytes: 1, samples: 25 }
  await database
    .insertInto('segments')
    .values([0, 1].map((number) => ({ ...segment, number, keyframes: '[]' })))
    .execute()

  const { body: map } = await call<ChunkMap>(`/${videoId}/chunks`)
  assert.deepEqual(
    map.chunks.map(({ startSeconds, endSeconds, segments, done, jobs }) => [
      startSeconds,
      endSeconds,
      segments,
      done,
      jobs.map(({ label }) => label),
    ]),
    [
      [0, 1, 1, { '45p': 1 }, ['opening, 45p', 'opening']],
      [1, 3, 2, { '45p': 1 }, ['chunk 1']],
    ],
  )
  const job = map.chunks[0]?.jobs[0]
  assert.deepEqual(
    [job?.state, job?.runner, job?.wallSeconds, job?.speed, job?.renditions, job?.failures],
    ['completed', 'attic', 2, 0.5, ['45p'], 0],
  )
  assert.deepEqual(
    map.renditions.map(({ name, cpuSeconds }) => [name, cpuSeconds]),
    [
      ['90p', null],
      ['45p', 3],
      ['audio-0', null],
    ],
  )
  assert.deepEqual([map.sound[0]?.label, map.totals.chunks, map.totals.chunksDone], ['audio', 2, 0])
  assert.deepEqual(map.totals.jobs, { completed: 1, pending: 3 })

  assert.equal((await call(`/${videoId}/chunks`, viewer)).status, 403)
  const seen = await call<ChunkMap>(`/${videoId}/chunks`, owner)
  assert.equal(seen.body.chunks[0]?.jobs[0]?.runner, null, 'runners are the operators’ business')
  const jobs = await call<{ jobs: { runner: string | null }[] }>(`/${videoId}/jobs`, viewer)
  assert.deepEqual(new Set(jobs.body.jobs.map(({ runner }) => runner)), new Set([null]))
})

test('A chunk map that is read again tells what changed, and all when there are other jobs (P-79)', async (t) => {
  const video = await openVideo(t)
  const { database, videoId, call } = video
  const [, , third = ''] = await addJobs(video)
  const { body: map } = await call<ChunkMap>(`/${videoId}/chunks`)
  await database
    .updateTable('jobs')
    .set({ updated_at: new Date(0) })
    .execute()
  const read = (since: string) => call<ChunkMap>(`/${videoId}/chunks?since=${since}`)
  const none = await read(map.next)
  assert.deepEqual([none.body.complete, none.body.chunks, none.body.sound], [false, [], []])
  await database
    .updateTable('jobs')
    .set({ progress: 0.5, updated_at: new Date() })
    .where('uuid', '=', third)
    .execute()
  const some = await read(map.next)
  assert.deepEqual(
    some.body.chunks.map(({ index, done, jobs: [one] }) => [index, done, one?.progress]),
    [[1, {}, 0.5]],
  )
  await addJobs(video)
  assert.equal((await read(map.next)).body.complete, true, 'there are other jobs')
  assert.equal((await read('nonsense')).status, 400)
  assert.equal((await call(`/${videoId}/chunks?version=2`)).status, 404)
})

test('Why a video failed is told to its owner with the last lines of the log (P-43, U103, U124)', async (t) => {
  const video = await openVideo(t)
  const { database, videoId, call, owner, viewer } = video
  const [uuid = ''] = await addJobs(video)
  const { id } = await database
    .selectFrom('jobs')
    .select('id')
    .where('uuid', '=', uuid)
    .executeTakeFirstOrThrow()
  const error = { code: 'source_damaged', message: 'The file is damaged.' }
  const details = { ffmpeg: ['moov atom not found', 'Invalid data'], frames: 3 }
  const failure = { job_id: id, runner_id: await addRunner(video) }
  await database
    .insertInto('job_failures')
    .values({ ...failure, error: JSON.stringify({ ...error, details }) })
    .execute()
  const probing = { code: 'source_empty', message: 'The file is empty.' }
  await database
    .updateTable('versions')
    .set({
      state: 'failed',
      error: JSON.stringify(probing),
      updated_at: new Date(Date.now() + 1000),
    })
    .execute()
  const get = (key: string) => call<{ failures: FailureView[] }>(`/${videoId}/failures`, key)
  const { failures } = (await get('the-key')).body
  assert.deepEqual(
    failures.map(({ code, runner, job, log }) => [code, runner, job?.label, log]),
    [
      ['source_empty', null, undefined, []],
      ['source_damaged', 'attic', 'opening, 45p', details.ffmpeg],
    ],
  )
  assert.deepEqual(failures[1]?.details, { frames: 3 })
  const own = await get(owner)
  assert.deepEqual([own.body.failures[1]?.runner, own.body.failures[1]?.log.length], [null, 2])
  assert.equal((await get(viewer)).status, 403)

  const versions = await call<{ versions: VersionView[] }>(`/${videoId}/versions`, owner)
  const [version] = versions.body.versions
  assert.deepEqual(
    [version?.number, version?.state, version?.error?.code, version?.profile],
    [1, 'failed', 'source_empty', 'default'],
  )
  assert.equal(version?.source.media?.durationSeconds, 3)
})

test('What happened to a video can be read in pages, the latest first (U93)', async (t) => {
  const { database, videoId, call } = await openVideo(t)
  await database.transaction().execute(async (tx) => {
    for (const n of [1, 2, 3]) await recordEvent(tx, videoId, 'video.file', { n })
    await notify(tx, 'video', { videoId })
  })
  const get = async (query: string) =>
    (await call<History>(`/${videoId}/history?limit=2${query}`)).body
  const page = await get('')
  assert.deepEqual(
    page.events.map(({ data }) => data['n']),
    [3, 2],
  )
  const rest = await get(`&before=${page.next}`)
  assert.deepEqual([rest.events.map(({ data }) => data['n']), rest.next], [[1], null])
})

test('Many videos are cancelled, retried and deleted in one call, each by its own rights (P-73, P-76, U86)', async (t) => {
  const { database, videoId, call, owner } = await openVideo(t)
  const other = await insertVideoRows(database)
  const bulk = async (action: string, ids: readonly string[], key?: string) => {
    const init = { method: 'POST', body: JSON.stringify({ action, ids }) }
    const { status, body } = await call<{
      success: number
      results: { id: string; success: boolean; code?: string }[]
    }>('/bulk', key, init)
    return { status, success: body.success, codes: body.results?.map(({ code }) => code ?? 'done') }
  }
  assert.deepEqual(await bulk('cancel', [videoId, other.videoId], owner), {
    ...{ status: 200, success: 2, codes: ['done', 'forbidden'] },
  })
  assert.deepEqual(await bulk('retry', [other.videoId]), {
    ...{ status: 200, success: 0, codes: ['video_state_conflict'] },
  })
  const all = [videoId, other.videoId, videoId]
  assert.deepEqual(await bulk('delete', all), {
    ...{ status: 200, success: 1, codes: ['done', 'done'] },
  })
  assert.deepEqual((await bulk('delete', ['nobody'])).codes, ['video_not_found'])
  assert.equal((await bulk('delete', [])).status, 400)
})
