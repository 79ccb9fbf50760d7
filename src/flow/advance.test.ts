import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { VersionState } from '#database/tables.ts'
import type { NewJob } from '#jobs/create.ts'
import { openTestParts } from '../../test/support/parts.ts'
import { advance, failVersion } from './advance.ts'
import { onJobCompleted, onJobErrored } from './jobs-done.ts'
import type { Parts } from './parts.ts'
import { activeStates } from './states.ts'
import { loadVersion } from './version.ts'

async function makeVersion(parts: Parts, state: VersionState): Promise<string> {
  const [videoId, versionId] = [randomUUID(), randomUUID()]
  await parts.database
    .insertInto('videos')
    .values({ id: videoId, name: 'a', profile: 'default', metadata: '{}' })
    .execute()
  await parts.database
    .insertInto('versions')
    .values({ id: versionId, video_id: videoId, number: 1, state, source_key: 's', prefix: 'p/' })
    .execute()
  return versionId
}

function makeJobs(count: number): NewJob[] {
  const payload = {} as NewJob['payload']
  return Array.from({ length: count }, (_, index) => ({
    type: 'vod-chunk-encoding',
    priority: index,
    label: `chunk ${index}`,
    payload,
    encoders: [],
    weight: 1,
  }))
}

async function listEvents(parts: Parts, versionId: string): Promise<string[]> {
  const { video_id } = await loadVersion(parts.database, versionId)
  const rows = await parts.database
    .selectFrom('events')
    .select('type')
    .where('video_id', '=', video_id)
    .orderBy('id')
    .execute()
  return rows.map(({ type }) => type)
}

function inTransaction<T>(
  parts: Parts,
  run: (tx: Parameters<typeof advance>[1]) => Promise<T>,
): Promise<T> {
  return parts.database.transaction().execute(run)
}

test('of many who move a version on, exactly one does, and one event tells it', async (t) => {
  const parts = await openTestParts(t)
  const versionId = await makeVersion(parts, 'probing')
  const move = { versionId, from: 'probing', to: 'planning' } as const
  const moved = await Promise.all(
    Array.from({ length: 8 }, () => inTransaction(parts, (tx) => advance(parts, tx, move))),
  )
  assert.equal(moved.filter(Boolean).length, 1)
  assert.deepEqual(await listEvents(parts, versionId), ['video.planning'])
})

test('when the transaction fails, neither state nor jobs nor event remain', async (t) => {
  const parts = await openTestParts(t)
  const versionId = await makeVersion(parts, 'planning')
  const move = { versionId, from: 'planning', to: 'encoding', jobs: makeJobs(3) } as const
  const broken = inTransaction(parts, async (tx) => {
    await advance(parts, tx, move)
    throw new Error('the process dies here')
  })
  await assert.rejects(broken)
  assert.equal((await loadVersion(parts.database, versionId)).state, 'planning')
  assert.deepEqual(await parts.database.selectFrom('jobs').select('id').execute(), [])
  assert.deepEqual(await listEvents(parts, versionId), [])
})

test('a cancelled version is not moved on by a step that ends late', async (t) => {
  const parts = await openTestParts(t)
  const versionId = await makeVersion(parts, 'cancelled')
  const move = { versionId, from: 'packaging', to: 'publishing' } as const
  assert.equal(await inTransaction(parts, (tx) => advance(parts, tx, move)), false)
})

test('of two last jobs that end at once exactly one sends the version to packaging (WV19)', async (t) => {
  const parts = await openTestParts(t)
  const versionId = await makeVersion(parts, 'planning')
  const jobs = makeJobs(2)
  await inTransaction(parts, (tx) =>
    advance(parts, tx, { versionId, from: 'planning', to: 'encoding', jobs }),
  )
  const rows = await parts.database.selectFrom('jobs').select('id').execute()
  await Promise.all(
    rows.map(({ id }) =>
      inTransaction(parts, async (tx) => {
        await tx
          .selectFrom('versions')
          .select('id')
          .where('id', '=', versionId)
          .forUpdate()
          .execute()
        await tx.updateTable('jobs').set({ state: 'completed' }).where('id', '=', id).execute()
        await onJobCompleted(parts, tx, {
          id,
          version_id: versionId,
          runner_id: null,
          private_payload: {},
          type: 'vod-chunk-encoding',
        })
      }),
    ),
  )
  assert.equal((await loadVersion(parts.database, versionId)).state, 'packaging')
  assert.deepEqual(await listEvents(parts, versionId), ['video.encoding', 'video.packaging'])
})

test('a job that failed for good fails its version with its reason and takes the others back', async (t) => {
  const parts = await openTestParts(t)
  const versionId = await makeVersion(parts, 'planning')
  const move = { versionId, from: 'planning', to: 'encoding', jobs: makeJobs(2) } as const
  await inTransaction(parts, (tx) => advance(parts, tx, move))
  const error = { code: 'source_damaged', message: 'It could not be decoded.' } as const
  await inTransaction(parts, (tx) =>
    onJobErrored(
      parts,
      tx,
      {
        id: 1,
        version_id: versionId,
        runner_id: null,
        type: 'vod-chunk-encoding',
        private_payload: {},
      },
      error,
    ),
  )
  const version = await loadVersion(parts.database, versionId)
  assert.equal(version.state, 'failed')
  assert.deepEqual(version.error, error)
  const jobs = await parts.database.selectFrom('jobs').select('state').execute()
  assert.deepEqual(new Set(jobs.map(({ state }) => state)), new Set(['cancelled']))
})

test('a published version cannot fail any more', async (t) => {
  const parts = await openTestParts(t)
  const versionId = await makeVersion(parts, 'published')
  const error = { code: 'internal', message: 'late' } as const
  assert.equal(
    await inTransaction(parts, (tx) =>
      failVersion(parts, tx, { versionId, from: activeStates, error }),
    ),
    false,
  )
})
