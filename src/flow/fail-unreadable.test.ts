import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { failUnreadable } from './fail-unreadable.ts'

test('a source of which the server can make no input ends the job at once, and is not held against its runner', async (t) => {
  const server = await startProtocolServer(t)
  const { parts } = server
  const runner = await server.register()
  const held = await server.hold(runner)
  const error = new ReelmillError('source_damaged')
  await failUnreadable(parts, await server.readJob(held.uuid), error)
  const job = await server.readJob(held.uuid)
  assert.deepEqual([job.state, job.error?.['code']], ['errored', 'source_damaged'])
  assert.equal((await server.readVersion(held.versionId)).state, 'failed')
  const { quick_failures } = await parts.database
    .selectFrom('runners')
    .select('quick_failures')
    .where('id', '=', runner.id)
    .executeTakeFirstOrThrow()
  assert.equal(quick_failures, 0)
  // Told once more, as by a second download that ended at the same time.
  await failUnreadable(parts, job, error)
  assert.equal((await server.readJob(held.uuid)).failures, 1)
})

test('where the source only ends early the version is planned again, whoever found it', async (t) => {
  const server = await startProtocolServer(t)
  const { parts } = server
  const held = await server.hold(await server.register())
  await parts.database
    .updateTable('versions')
    .set({ media: JSON.stringify({ access: 'seek' }), plan: '{}' })
    .where('id', '=', held.versionId)
    .execute()
  const early = new ReelmillError('source_ends_early')
  await failUnreadable(parts, await server.readJob(held.uuid), early)
  assert.equal((await server.readVersion(held.versionId)).state, 'planning')
})
