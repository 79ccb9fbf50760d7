import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createTestDatabase } from '../../test/support/database.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { endDescendants, releaseChildren } from './children.ts'
import { createJobs } from './create.ts'

const job = (label: string, parent: number | null = null) => ({
  type: 'vod-hls-transcoding',
  priority: 100,
  label,
  payload: { output: { resolution: 720, fps: 25 } },
  encoders: [],
  weight: 1,
  parent,
})

/** top ── middle ── bottom, and top ── side. */
async function createTree(database: Kysely<Tables>): Promise<void> {
  const { versionId } = await insertVideoRows(database)
  await database
    .transaction()
    .execute((tx) =>
      createJobs(tx, versionId, [job('top'), job('middle', 0), job('bottom', 1), job('side', 0)]),
    )
}

async function statesOf(database: Kysely<Tables>): Promise<Record<string, string>> {
  const rows = await database.selectFrom('jobs').select(['label', 'state']).execute()
  return Object.fromEntries(rows.map(({ label, state }) => [label, state]))
}

async function idOf(database: Kysely<Tables>, label: string): Promise<number> {
  const { id } = await database
    .selectFrom('jobs')
    .select('id')
    .where('label', '=', label)
    .executeTakeFirstOrThrow()
  return id
}

test('children wait for their parent, and only its own become pending (D-41, D-58)', async (t) => {
  const { database } = await createTestDatabase(t)
  await createTree(database)
  const waiting = 'waiting_for_parent'
  assert.deepEqual(await statesOf(database), {
    top: 'pending',
    middle: waiting,
    bottom: waiting,
    side: waiting,
  })
  const top = await idOf(database, 'top')
  assert.equal(await database.transaction().execute((tx) => releaseChildren(tx, top)), 2)
  const after = await statesOf(database)
  assert.deepEqual(
    [after['middle'], after['bottom'], after['side']],
    ['pending', waiting, 'pending'],
  )
})

test('a cancelled child stays cancelled when its parent is done (WD2)', async (t) => {
  const { database } = await createTestDatabase(t)
  await createTree(database)
  await database
    .updateTable('jobs')
    .set({ state: 'cancelled' })
    .where('label', '=', 'side')
    .execute()
  const top = await idOf(database, 'top')
  assert.equal(await database.transaction().execute((tx) => releaseChildren(tx, top)), 1)
  assert.equal((await statesOf(database))['side'], 'cancelled')
})

test('what waits for a job that failed or was cancelled ends with it, to the last (D-56, D-93, WD13)', async (t) => {
  const { database } = await createTestDatabase(t)
  await createTree(database)
  const middle = await idOf(database, 'middle')
  await database.transaction().execute((tx) => endDescendants(tx, middle, 'cancelled'))
  assert.equal((await statesOf(database))['bottom'], 'parent_cancelled')
  const top = await idOf(database, 'top')
  assert.equal(await database.transaction().execute((tx) => endDescendants(tx, top, 'errored')), 2)
  assert.deepEqual(await statesOf(database), {
    top: 'pending',
    middle: 'parent_errored',
    bottom: 'parent_cancelled',
    side: 'parent_errored',
  })
})
