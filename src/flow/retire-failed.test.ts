import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { openTestParts } from '../../test/support/parts.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import type { Parts } from './parts.ts'
import { retireFailed } from './retire-failed.ts'
import { retryVideo } from './retry-video.ts'

type Context = Parameters<typeof openTestParts>[0]

/** A version that failed long ago, with a file, and a storage that says when that is removed. */
async function openWithOldFailure(
  t: Context,
  onRemoving: (parts: Parts, signal?: AbortSignal) => Promise<void>,
) {
  const parts = await openTestParts(t, { storage: 'memory' })
  const rows = await insertVideoRows(parts.database, { state: 'failed', plan: {} })
  await parts.database
    .updateTable('versions')
    .set({ updated_at: new Date(Date.now() - 31 * 86_400_000) })
    .execute()
  const key = `${rows.prefix}/360p/0.m4s`
  await parts.storage.put(key, Buffer.from('segment'))
  const deleteAll: Parts['storage']['deleteAll'] = async (prefix, signal) => {
    await onRemoving(parts, signal)
    await parts.storage.deleteAll(prefix, signal)
  }
  const watched = { ...parts, storage: { ...parts.storage, deleteAll } }
  const readVersion = () =>
    parts.database
      .selectFrom('versions')
      .select(['plan', 'state', 'clearing_since'])
      .executeTakeFirstOrThrow()
  return { ...rows, parts, watched, key, readVersion }
}

test('While the files of a failed version are removed nothing is locked, and nobody takes it up again (U16)', async (t) => {
  let refusal: unknown
  const { watched, parts, key, videoId, readVersion } = await openWithOldFailure(
    t,
    async (during) => {
      await sql`select id from versions for update nowait`.execute(during.database)
      refusal = await retryVideo(during, await onlyVideo(during)).catch((error: unknown) => error)
    },
  )
  await retireFailed(watched)
  assert.ok(refusal instanceof ReelmillError)
  assert.equal(refusal.code, 'video_state_conflict')
  assert.match(refusal.message, /being removed/)
  assert.equal(await parts.storage.head(key), null)
  assert.deepEqual(await readVersion(), { plan: null, state: 'failed', clearing_since: null })
  await retryVideo(parts, videoId)
  assert.equal((await readVersion()).state, 'probing')
})

test('A removal that was cut off is finished by a later sweep, and not by one at the same time (U16)', async (t) => {
  let broken = true
  let calls = 0
  const { watched, parts, key, videoId, readVersion } = await openWithOldFailure(t, async () => {
    calls++
    if (broken) throw new ReelmillError('storage_unavailable')
  })
  await assert.rejects(retireFailed(watched), { code: 'storage_unavailable' })
  broken = false
  await retireFailed(watched)
  assert.equal(calls, 1, 'who began may still be at it')
  await assert.rejects(retryVideo(parts, videoId), { code: 'video_state_conflict' })
  await parts.database
    .updateTable('versions')
    .set({ clearing_since: new Date(Date.now() - 16 * 60_000) })
    .execute()
  await retireFailed(watched)
  assert.equal(await parts.storage.head(key), null)
  assert.equal((await readVersion()).plan, null)
})

test('A claim is renewed while files are removed, and who lost it removes no more (U16)', async (t) => {
  const looks = t.mock.method(globalThis, 'setInterval')
  const look = () =>
    looks.mock.calls.findLast(({ arguments: [, ms] }) => ms === 60_000)?.arguments[0]()
  let isTaken = true
  const { watched, parts, key, readVersion } = await openWithOldFailure(t, async (during, lost) => {
    const first = (await readVersion()).clearing_since
    await waitFor('a later claim', async () => {
      look()
      const { clearing_since: since } = await readVersion()
      return since !== null && first !== null && since > first
    })
    if (!isTaken) return
    await during.database
      .updateTable('versions')
      .set({ clearing_since: new Date(0) })
      .execute()
    await waitFor('word that the claim is lost', () => {
      look()
      return lost?.aborted === true
    })
  })
  await assert.rejects(retireFailed(watched), { code: 'storage_unavailable' })
  assert.ok(await parts.storage.head(key))
  isTaken = false
  await retireFailed(watched)
  assert.equal(await parts.storage.head(key), null)
  assert.equal((await readVersion()).clearing_since, null)
})

test('A removal that was begun is finished also where nothing is removed any more (U16)', async (t) => {
  const { watched, parts, videoId, readVersion } = await openWithOldFailure(t, async () => {})
  const never = { ...watched, config: { ...watched.config, failedKeptDays: 0 } }
  await retireFailed(never)
  assert.notEqual((await readVersion()).plan, null)
  await parts.database
    .updateTable('versions')
    .set({ clearing_since: new Date(Date.now() - 16 * 60_000) })
    .execute()
  await retireFailed(never)
  assert.equal((await readVersion()).plan, null)
  await retryVideo(parts, videoId)
})

test('Nothing is removed of a version whose folder holds that of another, or lies in it (U16)', async (t) => {
  const { watched, parts, prefix, key, readVersion } = await openWithOldFailure(t, async () => {})
  const other = await insertVideoRows(parts.database)
  for (const near of [`${prefix}/inner/`, 'videos/']) {
    await parts.database
      .updateTable('versions')
      .set({ prefix: near })
      .where('id', '=', other.versionId)
      .execute()
    await retireFailed(watched)
    assert.ok(await parts.storage.head(key), near)
  }
  await parts.database.deleteFrom('versions').where('id', '=', other.versionId).execute()
  await retireFailed(watched)
  assert.equal((await readVersion()).plan, null)
})

async function onlyVideo({ database }: Parts): Promise<string> {
  return (await database.selectFrom('videos').select('id').executeTakeFirstOrThrow()).id
}
