import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { countLockWaits } from '../../test/support/lock-waits.ts'
import { openTestParts } from '../../test/support/parts.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { deleteVideo } from './delete-video.ts'
import { openVersion, openVideo } from './open-version.ts'

test('a video is deleted while an older version of it is published, and neither is in the way', async (t) => {
  const parts = await openTestParts(t)
  const { database } = parts
  const older = await openVideo(parts, {}, { filename: 'film.mp4' })
  const { videoId } = older
  await openVersion(parts, videoId, { filename: 'film.mp4' })
  const deleting: Promise<void>[] = []
  await database.transaction().execute(async (tx) => {
    // As `advance` and then the publishing step take them.
    await sql`select from versions where id = ${older.versionId} for no key update`.execute(tx)
    deleting.push(deleteVideo(parts, videoId))
    await waitFor('a deletion that waits', async () => (await countLockWaits(database)) > 0)
    await tx.updateTable('videos').set({ published_version: 1 }).where('id', '=', videoId).execute()
  })
  await Promise.all(deleting)
  assert.deepEqual(await database.selectFrom('videos').select('id').execute(), [])
})
