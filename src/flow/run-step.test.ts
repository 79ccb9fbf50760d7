import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { countLockWaits } from '../../test/support/lock-waits.ts'
import { openTestParts } from '../../test/support/parts.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import type { Parts } from './parts.ts'
import { runStep } from './run-step.ts'
import { loadVersion } from './version.ts'

const attempt = { last: false, crashes: 0, signal: new AbortController().signal }

/** A video of text, which probing refuses. */
async function makeVideo(parts: Parts): Promise<{ videoId: string; versionId: string }> {
  const [videoId, versionId] = [randomUUID(), randomUUID()]
  const source_key = `sources/${videoId}/1/source`
  await parts.storage.put(source_key, Buffer.from('no video at all'))
  await parts.database
    .insertInto('videos')
    .values({ id: videoId, name: 'a', profile: 'default', metadata: '{}' })
    .execute()
  await parts.database
    .insertInto('versions')
    .values({
      id: versionId,
      video_id: videoId,
      number: 1,
      state: 'probing',
      source_key,
      prefix: `videos/${videoId}/1/`,
    })
    .execute()
  return { videoId, versionId }
}

/** Runs the step and lets `interfere` happen just before it records how it ended. */
async function runInterrupted(
  parts: Parts,
  versionId: string,
  interfere: (tx: Transaction<Tables>) => Promise<unknown>,
): Promise<void> {
  const steps: Promise<void>[] = []
  await parts.database.transaction().execute(async (tx) => {
    await tx.selectFrom('versions').select('id').where('id', '=', versionId).forUpdate().execute()
    steps.push(runStep(parts, 'probing', versionId, attempt))
    await waitFor(
      'a step that waits for the row',
      async () => (await countLockWaits(parts.database)) > 0,
    )
    await interfere(tx)
  })
  await Promise.all(steps)
}

async function listFiles(parts: Parts): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of parts.storage.list('')) keys.push(key)
  return keys
}

test('a step that ends badly after another server moved the version on fails nothing', async (t) => {
  const parts = await openTestParts(t)
  const { versionId } = await makeVideo(parts)
  await runInterrupted(parts, versionId, (tx) =>
    tx.updateTable('versions').set({ state: 'planning' }).where('id', '=', versionId).execute(),
  )
  assert.equal((await loadVersion(parts.database, versionId)).state, 'planning')
})

test('what a step wrote of a video that was deleted meanwhile goes too', async (t) => {
  const parts = await openTestParts(t)
  const { videoId, versionId } = await makeVideo(parts)
  await runInterrupted(parts, versionId, (tx) =>
    tx.deleteFrom('videos').where('id', '=', videoId).execute(),
  )
  assert.deepEqual(await listFiles(parts), [])
})
