import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { JobState, VersionState } from '#database/tables.ts'
import type { ReelmillError } from '#errors/reelmill-error.ts'
import type { NewJob } from '#jobs/create.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { retryJob } from './retry-job.ts'
import { cancelJob } from './settle-tree.ts'

const server = await startProtocolServer({ after })
const { parts } = server
const { database } = parts

/** A version in a state, with a plan, and its jobs in theirs. */
async function orderIn(
  state: VersionState,
  states: readonly JobState[],
  ...jobs: Partial<NewJob>[]
): Promise<{ versionId: string; uuids: string[] }> {
  const versionId = await server.order(...jobs)
  const rows = await server.listJobs(versionId)
  for (const [index, { id }] of rows.entries()) {
    const set = { state: states[index] ?? 'pending', failures: 5 }
    await database.updateTable('jobs').set(set).where('id', '=', id).execute()
  }
  const { video_id } = await database
    .updateTable('versions')
    .set({ state, plan: '{}' })
    .where('id', '=', versionId)
    .returning('video_id')
    .executeTakeFirstOrThrow()
  const published_version = state === 'published' ? 1 : null
  await database
    .updateTable('videos')
    .set({ published_version })
    .where('id', '=', video_id)
    .execute()
  return { versionId, uuids: rows.map(({ uuid }) => uuid) }
}

async function statesOf(versionId: string): Promise<string[]> {
  const jobs = await server.listJobs(versionId)
  return [(await server.readVersion(versionId)).state, ...jobs.map(({ state }) => state)]
}

const outcomeOf = (uuid: string) =>
  retryJob(parts, uuid).then(
    () => 'done',
    ({ code, message }: ReelmillError) => `${code}: ${message}`,
  )

test('a job that was cancelled, and with it its video failed, goes on with all that was not done (D-93, U73)', async () => {
  const { versionId, uuids } = await orderIn('encoding', ['completed', 'pending'], {}, {}, {})
  await cancelJob(parts, uuids[1] ?? '')
  assert.deepEqual(await statesOf(versionId), ['failed', 'completed', 'cancelled', 'cancelled'])
  await retryJob(parts, uuids[1] ?? '')
  assert.deepEqual(await statesOf(versionId), ['encoding', 'completed', 'pending', 'pending'])
  const [, again] = await server.listJobs(versionId)
  assert.deepEqual([again?.failures, again?.error, again?.finished_at], [0, null, null])
})

test('of what a published video can do without, one job is done again, and what waits for it', async () => {
  const extra = { required: false }
  const states: JobState[] = ['completed', 'errored', 'parent_errored', 'cancelled']
  const { versionId, uuids } = await orderIn(
    'published',
    states,
    ...[{}, extra, { ...extra, parent: 1 }, extra],
  )
  await retryJob(parts, uuids[1] ?? '')
  assert.deepEqual(await statesOf(versionId), [
    ...['published', 'completed', 'pending', 'waiting_for_parent', 'cancelled'],
  ])
})

test('a retry that makes no sense says why, and changes nothing', async () => {
  const states: JobState[] = [
    ...(['pending', 'processing', 'completed', 'waiting_for_parent'] as const),
    ...(['parent_cancelled', 'errored'] as const),
  ]
  const { versionId, uuids } = await orderIn('published', states, ...states.map(() => ({})))
  const before = await statesOf(versionId)
  const sentences = await Promise.all(uuids.map(outcomeOf))
  const why = [/pending/, /processing/, /completed/, /waiting/, /that one again/, /without it/]
  for (const [index, pattern] of why.entries()) {
    assert.match(sentences[index] ?? '', /^job_not_retryable: /)
    assert.match(sentences[index] ?? '', pattern)
  }
  assert.deepEqual(await statesOf(versionId), before)
  assert.match(await outcomeOf(randomUUID()), /^job_not_found/)
})

test('what another version has taken the place of is not taken up again', async () => {
  for (const state of ['failed', 'published'] as const) {
    const { versionId, uuids } = await orderIn(state, ['errored'], { required: false })
    await database
      .updateTable('videos')
      .from('versions')
      .set({ latest_version: 2, published_version: 2 })
      .whereRef('versions.video_id', '=', 'videos.id')
      .where('versions.id', '=', versionId)
      .execute()
    assert.match(await outcomeOf(uuids[0] ?? ''), /newer version/)
  }
})
