import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { JobState } from '#database/tables.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'

/** Every line's value by its name and labels, as Prometheus reads them. */
async function scrape(url: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${url}/metrics`)
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [, name = '', value] =
        /^([a-z_\d]+(?:\{(?:[a-z]+="[^"\\]*",?)*\})?) (\S+)$/.exec(line) ?? assert.fail(line)
      return [name, Number(value)]
    }),
  )
}

test('Prometheus reads the queue by type and state, the fleet, and how long a runner is silent', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  const { database } = parts
  const { versionId } = await insertVideoRows(database, { state: 'encoding', playable: true })
  const { id: runner } = await database
    .insertInto('runners')
    .values({ name: 'attic', token_hash: Buffer.from('x'), slots: 3 })
    .returning('id')
    .executeTakeFirstOrThrow()
  const insertJob = (type: string, state: JobState) =>
    database
      .insertInto('jobs')
      .values({
        ...{ uuid: randomUUID(), version_id: versionId, type, state, priority: 1, label: 'a job' },
        ...{ payload: '{}', encoders: '[]', not_before: new Date(Date.now() - 90_000) },
        runner_id: state === 'processing' ? runner : null,
      })
      .execute()
  await insertJob('vod-chunk-encoding', 'pending')
  await insertJob('vod-chunk-encoding', 'pending')
  await insertJob('vod-chunk-encoding', 'processing')
  await insertJob('vod-audio-encoding', 'errored')
  await insertJob('vod-audio-encoding', 'completed')
  const figures = await scrape(url)
  const openJobs = [...figures].filter(([name]) => name.startsWith('reelmill_open_jobs'))
  assert.deepEqual(openJobs, [
    ['reelmill_open_jobs{type="vod-audio-encoding",state="errored"}', 1],
    ['reelmill_open_jobs{type="vod-chunk-encoding",state="pending"}', 2],
    ['reelmill_open_jobs{type="vod-chunk-encoding",state="processing"}', 1],
  ])
  const waited = figures.get('reelmill_oldest_waiting_job_seconds') ?? 0
  assert.ok(waited >= 90 && waited < 150, `${waited}`)
  assert.equal(figures.get('reelmill_videos{state="encoding"}'), 1)
  assert.equal(figures.get('reelmill_videos{state="published"}'), 0)
  assert.equal(figures.get('reelmill_videos_playable'), 1)
  assert.equal(figures.get('reelmill_runner_slots'), 3)
  assert.equal(figures.get('reelmill_runner_held_jobs'), 1)
  assert.equal(figures.get('reelmill_health{check="database"}'), 0)
  assert.equal(figures.get('reelmill_stored_bytes{kind="sources"}'), 0)
  assert.ok((figures.get('process_resident_memory_bytes') ?? 0) > 1e6)
  const silent = 'reelmill_runner_seconds_since_last_contact{runner="attic"}'
  assert.ok((figures.get(silent) ?? 999) < 60)
  await database.deleteFrom('jobs').execute()
  await database.deleteFrom('runners').execute()
  const later = await scrape(url)
  assert.equal(later.has(silent), false)
  assert.equal(later.get('reelmill_oldest_waiting_job_seconds'), 0)
})

test('answers are timed by route and status, and streams of events are not', async (t) => {
  const { url } = await openTestHttpServer(t)
  const stop = new AbortController()
  const events = await fetch(`${url}/api/v1/events`, { signal: stop.signal })
  assert.equal(events.status, 200)
  stop.abort()
  await delay(300)
  for (const path of ['/health/live', '/health/live', `/api/v1/videos/${randomUUID()}`, '/none']) {
    await (await fetch(`${url}${path}`)).arrayBuffer()
  }
  const figures = await scrape(url)
  const name = 'reelmill_http_request_duration_seconds_count'
  const counts = [...figures].filter(([line]) => line.startsWith(name))
  assert.deepEqual(
    counts.map(([line, count]) => [line.slice(name.length), count]),
    [
      ['{method="GET",route="/health/live",status="200"}', 2],
      ['{method="GET",route="/api/v1/videos/:id",status="404"}', 1],
      ['{method="GET",route="/*",status="404"}', 1],
    ],
  )
})
