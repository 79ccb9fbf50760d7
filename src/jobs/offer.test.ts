import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createTestDatabase } from '../../test/support/database.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { listOffers, readOffers } from './offer.ts'
import { readPendingJobs } from './pending.ts'

const { database } = await createTestDatabase({ after })
const { versionId } = await insertVideoRows(database)

interface Wanted {
  readonly type: string
  readonly encoders?: readonly string[]
  readonly priority?: number
}

/** Writes so many pending jobs alike. */
async function fill(tx: Kysely<Tables>, jobs: number, wanted: Wanted): Promise<void> {
  const { type, encoders = [], priority = 1 } = wanted
  await sql`
    insert into jobs (uuid, version_id, type, priority, label, payload, encoders)
    select gen_random_uuid(), ${versionId}, ${type}, ${priority}, 'job', '{}',
           ${JSON.stringify(encoders)}::jsonb
      from generate_series(1, ${jobs}::int)`.execute(tx)
}

/** Index entries and rows that PostgreSQL has read in this database's table of jobs so far. */
async function countReads(tx: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ reads: number }>`
    select pg_stat_get_xact_tuples_returned('jobs'::regclass)
         + pg_stat_get_xact_tuples_fetched('jobs'::regclass) as reads`.execute(tx)
  return Number(rows[0]?.reads)
}

test('what others wait for costs a runner nothing: of 20 000 jobs before its own few are read (D-52, WD18)', async () => {
  const asking = { runnerId: 1, jobTypes: ['vod-hls-transcoding', 'vod-x'], encoders: ['libx264'] }
  await database.transaction().execute(async (tx) => {
    await fill(tx, 10_000, { type: 'vod-chunk-encoding', encoders: ['libx264'] })
    await fill(tx, 10_000, { type: 'vod-x', encoders: ['libx265'] })
    await fill(tx, 12, { type: 'vod-hls-transcoding', priority: 9 })
    await sql`analyze jobs`.execute(tx)
    const before = await countReads(tx)
    const ids = await listOffers(tx, asking)
    const offers = await readOffers(tx, ids)
    assert.equal(offers.length, 10)
    assert.ok(offers.every(({ type }) => type === 'vod-hls-transcoding'))
    assert.deepEqual(
      offers.map(({ id }) => id),
      ids,
    )
    const { kinds } = await readPendingJobs(tx)
    assert.deepEqual(
      kinds.map(({ type, available }) => `${available} of ${type}`),
      ['500 of vod-chunk-encoding', '12 of vod-hls-transcoding', '500 of vod-x'],
    )
    assert.ok((await countReads(tx)) - before < 5_000)
    await sql`delete from jobs`.execute(tx)
  })
})

test('kinds that differ by encoders alone are in one order of priority and age', async () => {
  await database.transaction().execute(async (tx) => {
    for (const [priority, encoders] of [
      [2, ['aac']],
      [1, ['libx264']],
      [2, []],
      [1, []],
    ] as const) {
      await fill(tx, 1, { type: 'vod-y', priority, encoders })
    }
    const encoders = ['aac', 'libx264']
    const ids = await listOffers(tx, { runnerId: 1, jobTypes: ['vod-y'], encoders })
    const sorted = await tx
      .selectFrom('jobs')
      .select('id')
      .orderBy('priority')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      ids,
      sorted.map(({ id }) => id),
    )
    await sql`delete from jobs`.execute(tx)
  })
})
