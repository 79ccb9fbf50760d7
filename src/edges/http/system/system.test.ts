import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import type { SystemView } from '#flow/health/read-system.ts'
import { keepStatistics } from '#flow/keep-statistics.ts'
import type { SweepReport } from '#flow/orphans/sweep-storage.ts'
import { sweep } from '#flow/sweep.ts'
import type { History } from '#statistics/read-history.ts'
import type { Statistics } from '#statistics/read-statistics.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'
import { HistorySchema, StatisticsSchema } from '../statistics/schemas.ts'
import { SystemSchema } from './schemas.ts'

interface Health {
  readonly health: { readonly state: string; readonly checks: SystemView['checks'] }
}

async function read<Body>(url: string, path: string): Promise<Body> {
  const response = await fetch(`${url}/api/v1${path}`)
  assert.equal(response.status, 200)
  // Tests say what they expect.
  return (await response.json()) as Body
}

test('statistics, their history and the system are as their schemas say (P-71, U101)', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  await insertVideoRows(parts.database)
  await keepStatistics(parts).tick()
  const statistics = await read<Statistics & Health>(url, '/statistics')
  assert.deepEqual([...Value.Errors(StatisticsSchema, statistics)], [])
  assert.equal(statistics.videos.byState.encoding, 1)
  const history = await read<History>(url, '/statistics/history?points=10')
  assert.deepEqual([...Value.Errors(HistorySchema, history)], [])
  assert.equal(history.points.at(-1)?.videosUnderWay, 1)
  const system = await read<SystemView>(url, '/system')
  assert.deepEqual([...Value.Errors(SystemSchema, system)], [])
  assert.deepEqual(
    [system.database.kind, system.storage.driver, system.servers.length, system.servers[0]?.alive],
    ['server', 'fs', 1, true],
  )
  const password = new URL(parts.config.databaseUrl ?? '').password
  assert.ok(password === '' || !JSON.stringify(system).includes(password))
  assert.equal(system.settings.find(({ name }) => name === 'DATABASE_URL')?.value, null)
})

test('a range that runs backwards is refused', async (t) => {
  const { url } = await openTestHttpServer(t)
  const query = 'since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z'
  const response = await fetch(`${url}/api/v1/statistics/history?${query}`)
  assert.equal(response.status, 400)
})

test('the banner names what is wrong: jobs wait and no runner is there (P-71)', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  const { versionId } = await insertVideoRows(parts.database)
  const job = { uuid: randomUUID(), version_id: versionId, type: 'vod-chunk-encoding', priority: 1 }
  await parts.database
    .insertInto('jobs')
    .values({ ...job, label: 'one', payload: '{}', encoders: '["libx264"]' })
    .execute()
  const { health } = await read<Health>(url, '/statistics')
  const of = (name: string) => health.checks.find((check) => check.name === name)
  assert.equal(health.state, 'failing')
  assert.deepEqual(of('runners'), {
    name: 'runners',
    state: 'failing',
    sentence: '1 job waits, and no runner is online.',
  })
  assert.match(of('encoders')?.sentence ?? '', /need libx264/)
  assert.equal(of('storage')?.state, 'well')
})

test('orphans are told, then removed; the last look is remembered (U16)', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  const key = `videos/${randomUUID()}/1/360p/0.m4s`
  await parts.storage.put(key, Buffer.from('orphan'))
  await parts.storage.put(`${key}.tmp`, Buffer.from('being written'))
  const yesterday = Date.now() / 1000 - 25 * 3600
  await utimes(join(parts.config.dataDir, 'storage', key), yesterday, yesterday)
  const order = async (body: object) => {
    const response = await fetch(`${url}/api/v1/system/sweep`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as SweepReport & { orphans: { examples: unknown } }
  }
  const told = await order({ olderThanHours: 1 })
  assert.deepEqual(
    [told.dryRun, told.orphans.objects, told.orphans.examples],
    [true, 1, [{ key, sizeBytes: 6 }]],
  )
  assert.ok(await parts.storage.head(key))
  assert.equal((await order({ dryRun: false })).orphans.bytes, 6)
  assert.equal(await parts.storage.head(key), null)
  await sweep(parts)
  const { sweeps } = await read<SystemView>(url, '/system')
  assert.equal(sweeps.storage?.facts['dryRun'], false)
  assert.equal(sweeps.records?.error, null)
})

test('servers that end are forgotten, those that fall silent are told of until one takes their place', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  const here = keepStatistics(parts)
  const other = { ...parts, config: { ...parts.config, port: 8001 } }
  const there = keepStatistics(other)
  await Promise.all([here.tick(), there.tick(), here.tick()])
  const list = async () => (await read<SystemView>(url, '/system')).servers
  assert.equal((await list()).length, 2)
  const samples = await parts.database.selectFrom('samples').select('at').execute()
  assert.equal(new Set(samples.map(({ at }) => at.getTime())).size, samples.length)
  await here.end()
  assert.equal((await list()).length, 1)
  await parts.database
    .updateTable('servers')
    .set({ seen_at: new Date(0) })
    .execute()
  assert.equal((await list())[0]?.alive, false)
  await keepStatistics(other).tick()
  assert.deepEqual(
    (await list()).map(({ alive }) => alive),
    [true],
  )
})
