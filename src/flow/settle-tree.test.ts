import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { JobState } from '#database/tables.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { retryVideo } from './retry-video.ts'
import { deleteJob } from './settle-tree.ts'

const server = await startProtocolServer({ after })
const { parts } = server

async function orderIn(states: readonly JobState[], ...jobs: Parameters<typeof server.order>) {
  const versionId = await server.order(...jobs)
  const rows = await server.listJobs(versionId)
  for (const [index, { id }] of rows.entries()) {
    const state = states[index] ?? 'pending'
    await parts.database.updateTable('jobs').set({ state }).where('id', '=', id).execute()
  }
  return { versionId, uuids: rows.map(({ uuid }) => uuid) }
}

const stateOf = async (versionId: string) => (await server.readVersion(versionId)).state

const cases: readonly (readonly [string, JobState[], { required?: boolean }, string])[] = [
  ['is being looked at', ['completing'], {}, 'failed'],
  ['waits', ['pending'], {}, 'failed'],
  ['is done, with a child that is not', ['completed', 'pending'], {}, 'failed'],
  [
    'is done, with a child that nobody needs',
    ['completed', 'pending'],
    { required: false },
    'encoding',
  ],
  ['is done, with all below it', ['completed', 'completed'], {}, 'encoding'],
]

for (const [what, states, child, expected] of cases) {
  test(`deleting a job that ${what} leaves the version ${expected}, never waiting for nothing (D-93)`, async () => {
    const jobs = states.map((_, index) => (index === 0 ? {} : { parent: 0, ...child }))
    const { versionId, uuids } = await orderIn(states, ...jobs)
    await deleteJob(parts, uuids[0] ?? '')
    assert.equal(await stateOf(versionId), expected)
    assert.deepEqual(await server.listJobs(versionId), [])
  })
}

test('a retry does not wait for work that the video can do without', async () => {
  const { versionId } = await orderIn(['completed', 'cancelled'], {}, { required: false })
  const { video_id } = await parts.database
    .updateTable('versions')
    .set({ state: 'failed', plan: '{}' })
    .where('id', '=', versionId)
    .returning('video_id')
    .executeTakeFirstOrThrow()
  await retryVideo(parts, video_id)
  assert.equal(await stateOf(versionId), 'packaging')
  const jobs = await server.listJobs(versionId)
  assert.deepEqual(
    jobs.map(({ state }) => state),
    ['completed', 'pending'],
  )
})
