import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type Kysely, sql } from 'kysely'
import type { JobState, Tables } from '#database/tables.ts'
import { createTestDatabase } from '../../test/support/database.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { chooseStep } from './history-step.ts'
import { readHistory } from './read-history.ts'
import { readStatistics } from './read-statistics.ts'
import { takeSample } from './take-sample.ts'
import { thinSamples } from './thin-samples.ts'

async function insertJob(
  database: Kysely<Tables>,
  versionId: string,
  about: { state?: JobState; type?: string; payload?: object; runnerId?: number; notBefore?: Date },
): Promise<number> {
  const { id } = await database
    .insertInto('jobs')
    .values({
      uuid: randomUUID(),
      version_id: versionId,
      type: about.type ?? 'vod-chunk-encoding',
      state: about.state ?? 'pending',
      priority: 1,
      label: 'a job',
      payload: JSON.stringify(about.payload ?? {}),
      encoders: '[]',
      runner_id: about.runnerId ?? null,
      not_before: about.notBefore ?? new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function insertRunner(database: Kysely<Tables>, name: string, about: object = {}) {
  const { id } = await database
    .insertInto('runners')
    .values({ name, token_hash: Buffer.from(name), slots: 2, ...about })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function complete(database: Kysely<Tables>, jobId: number): Promise<void> {
  await database.updateTable('jobs').set({ state: 'completed' }).where('id', '=', jobId).execute()
}

async function setState(database: Kysely<Tables>, id: string, state: 'published' | 'failed') {
  await database.updateTable('versions').set({ state }).where('id', '=', id).execute()
}

const chunkOf = (frames: number | null, renditions: number) => ({
  chunk: { frames },
  renditions: Array.from({ length: renditions }, (_, index) => ({ name: `r${index}` })),
})

test('statistics say of known rows what is there, and the sums agree (P-71, D-92, U101)', async (t) => {
  const { database } = await createTestDatabase(t)
  const encoding = await insertVideoRows(database, { state: 'encoding', playable: true })
  await insertVideoRows(database, { state: 'published', published: true })
  await insertVideoRows(database, { state: 'failed', playable: true })
  await insertVideoRows(database, { state: 'packaging' })
  const busy = await insertRunner(database, 'busy')
  await insertRunner(database, 'idle', { state: 'draining' })
  await insertRunner(database, 'off', { state: 'disabled' })
  await insertRunner(database, 'away', { last_contact_at: new Date(0) })
  const minuteAgo = new Date(Date.now() - 60_000)
  await insertJob(database, encoding.versionId, { notBefore: minuteAgo })
  await insertJob(database, encoding.versionId, { type: 'vod-audio-encoding' })
  await insertJob(database, encoding.versionId, { state: 'processing', runnerId: busy })
  await insertJob(database, encoding.versionId, { state: 'completing' })
  await insertJob(database, encoding.versionId, { state: 'waiting_for_parent' })
  const { videos, jobs, runners, underWay } = await readStatistics(database)
  assert.equal(videos.total, 4)
  assert.equal(videos.playable, 2)
  assert.equal(
    Object.values(videos.byState).reduce((sum, count) => sum + count, 0),
    videos.total,
  )
  assert.equal(jobs.active, 5)
  const counted = Object.values(jobs.byState).reduce((sum, count) => sum + count, 0)
  assert.equal(counted, jobs.active + jobs.byState.errored)
  assert.deepEqual(jobs.pendingByType, { 'vod-audio-encoding': 1, 'vod-chunk-encoding': 1 })
  assert.ok((jobs.oldestWaitingSeconds ?? 0) >= 60 && (jobs.oldestWaitingSeconds ?? 0) < 100)
  assert.deepEqual(
    [runners.total, runners.online, runners.slots, runners.held, runners.saturation],
    [4, 3, 4, 1, 0.25],
  )
  const [, shown] = underWay
  assert.equal(underWay.length, 2)
  assert.deepEqual(
    [shown?.id, shown?.pendingTranscode, shown?.pendingMove, shown?.processing, shown?.runners],
    [encoding.videoId, 4, 1, 1, ['busy']],
  )
})

test('a job that rests after a failure does not wait', async (t) => {
  const { database } = await createTestDatabase(t)
  const { versionId } = await insertVideoRows(database)
  await insertJob(database, versionId, { notBefore: new Date(Date.now() + 60_000) })
  const { jobs } = await readStatistics(database)
  assert.deepEqual([jobs.byState.pending, jobs.oldestWaitingAt], [1, null])
})

test('what was done is counted with the transaction that does it, and outlives its video (U122)', async (t) => {
  const { database } = await createTestDatabase(t)
  const { versionId, videoId } = await insertVideoRows(database, {
    media: { durationSeconds: 12.5 },
  })
  const chunk = await insertJob(database, versionId, { payload: chunkOf(48, 3) })
  const odd = await insertJob(database, versionId, { payload: { chunk: 'no', renditions: [] } })
  const whole = await insertJob(database, versionId, {
    type: 'vod-hls-transcoding',
    payload: { output: { resolution: 360, fps: 24 } },
  })
  await assert.rejects(
    database.transaction().execute(async (tx) => {
      await complete(tx, chunk)
      throw new Error('killed')
    }),
  )
  for (const id of [chunk, odd, whole, chunk]) await complete(database, id)
  await setState(database, versionId, 'published')
  const error = JSON.stringify({ code: 'encoder_failed', message: 'It fell.' })
  await database.insertInto('job_failures').values({ job_id: chunk, error }).execute()
  const expected = {
    completedJobs: 3,
    failedTries: 1,
    frames: 48 * 3 + 24 * 12.5,
    publishedVideos: 1,
    publishedSeconds: 12.5,
    failedVideos: 0,
  }
  const before = await readStatistics(database)
  assert.deepEqual(before.throughput, { hour: expected, day: expected })
  assert.deepEqual(before.failures.byCode, [{ code: 'encoder_failed', count: 1 }])
  assert.equal(before.failures.recent[0]?.videoId, videoId)
  await database.deleteFrom('videos').where('id', '=', videoId).execute()
  assert.equal(await takeSample(database), true)
  assert.deepEqual((await readStatistics(database)).throughput.day, expected)
})

test('however many servers look, a minute has one sample and nothing is counted twice', async (t) => {
  const { database } = await createTestDatabase(t)
  const { versionId } = await insertVideoRows(database)
  for (const _ of Array.from({ length: 5 })) {
    await complete(database, await insertJob(database, versionId, { payload: chunkOf(10, 1) }))
  }
  await Promise.all(Array.from({ length: 8 }, () => takeSample(database)))
  const { rows } = await sql<{ minutes: number; rows: number; looked: number; frames: number }>`
    select count(distinct at)::int as minutes, count(*)::int as rows,
           count(waiting_jobs)::int as looked, sum(frames)::int as frames
      from samples`.execute(database)
  // Two where a minute ended meanwhile.
  assert.equal(rows[0]?.rows, rows[0]?.minutes)
  assert.ok((rows[0]?.rows ?? 9) <= 2)
  assert.equal(rows[0]?.frames, 50)
  assert.equal((await readStatistics(database)).throughput.hour.frames, 50)
})

test('old minutes become hours and old hours go; what happened is still all there', async (t) => {
  const { database } = await createTestDatabase(t)
  await sql`insert into samples (at, span_seconds, waiting_jobs, waiting_seconds, completed_jobs)
    select date_trunc('hour', now()) - interval '3 days' + n * interval '1 minute', 60, n, n, 1
      from generate_series(0, 119) n`.execute(database)
  await sql`insert into samples (at, span_seconds, completed_jobs)
    values (now() - interval '400 days', 3600, 7)`.execute(database)
  await thinSamples(database)
  // A row that was there before is added to.
  await sql`insert into samples (at, span_seconds, completed_jobs)
    values (date_trunc('hour', now()) - interval '3 days', 60, 1)`.execute(database)
  await thinSamples(database)
  const rows = await database.selectFrom('samples').selectAll().orderBy('at').execute()
  assert.deepEqual(
    rows.map((row) => [
      row.span_seconds,
      row.waiting_jobs,
      row.waiting_seconds,
      row.completed_jobs,
    ]),
    [
      [3600, 29.5, 59, 61],
      [3600, 89.5, 119, 60],
    ],
  )
})

test('history has every step, holes as null, and its counters add up to what happened', async (t) => {
  const { database } = await createTestDatabase(t)
  const { versionId } = await insertVideoRows(database)
  await sql`insert into samples (at, span_seconds, waiting_jobs, frames)
    values (date_trunc('minute', now()) - interval '30 minutes', 60, 4, 100)`.execute(database)
  await complete(database, await insertJob(database, versionId, { payload: chunkOf(20, 2) }))
  const now = new Date(Date.now() + 1000)
  const since = new Date(now.getTime() - 3_600_000)
  const { points, stepSeconds } = await readHistory(database, {
    since,
    until: now,
    points: 60,
    now,
  })
  assert.equal(stepSeconds, 60)
  assert.ok(points.length === 61 || points.length === 60)
  assert.equal(
    points.reduce((sum, { frames }) => sum + frames, 0),
    140,
  )
  assert.deepEqual(
    points.flatMap(({ waitingJobs }) => waitingJobs ?? []),
    [4],
  )
})

test('a step is one that people think in, and hours where only hours are kept', () => {
  const nowMs = Date.UTC(2026, 0, 31)
  const over = (hours: number, points: number) =>
    chooseStep({ sinceMs: nowMs - hours * 3_600_000, untilMs: nowMs, points, nowMs })
  assert.deepEqual(
    [over(1, 60), over(24, 288), over(24 * 7, 500), over(24 * 30, 120)],
    [60, 300, 3600, 21_600],
  )
  assert.equal(over(24 * 365, 10), 37 * 86_400)
})
