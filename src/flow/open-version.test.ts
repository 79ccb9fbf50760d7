import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestParts } from '../../test/support/parts.ts'
import { abandonVersions } from './abandon-version.ts'
import { endUpload } from './end-upload.ts'
import { type OpenedVersion, openVersion, openVideo } from './open-version.ts'
import type { Parts } from './parts.ts'

const file = { filename: 'film.mp4' }

test('two uploads of one video are two versions, also when they begin at once (U9)', async (t) => {
  const parts = await openTestParts(t)
  const first = await openVideo(parts, { name: 'Film' }, file)
  const more = await Promise.all([
    openVersion(parts, first.videoId, file),
    openVersion(parts, first.videoId, file),
  ])
  assert.deepEqual(new Set(more.map(({ number }) => number)), new Set([2, 3]))
  assert.equal(new Set([first, ...more].map(({ sourceKey }) => sourceKey)).size, 3)
  assert.equal((await readVideo(parts, first.videoId))?.latest_version, 3)
})

test('an upload that is given up leaves the version before it, and the last one nothing', async (t) => {
  const parts = await openTestParts(t)
  const first = await openVideo(parts, {}, file)
  const second = await openVersion(parts, first.videoId, file)
  assert.equal(await abandon(parts, second), 1)
  assert.equal((await readVideo(parts, first.videoId))?.latest_version, 1)
  assert.equal(await abandon(parts, first), 1)
  assert.equal(await readVideo(parts, first.videoId), undefined)
  const ended = parts.database
    .transaction()
    .execute((tx) => endUpload(parts, tx, { versionId: first.versionId, sizeBytes: 1 }))
  await assert.rejects(ended, { code: 'video_not_found' })
})

test('an upload ends once, and is not given up after its end', async (t) => {
  const parts = await openTestParts(t)
  const opened = await openVideo(parts, {}, file)
  const end = () =>
    parts.database
      .transaction()
      .execute((tx) => endUpload(parts, tx, { versionId: opened.versionId, sizeBytes: 9 }))
  assert.deepEqual([await end(), await end()], [true, false])
  assert.equal(await abandon(parts, opened), 0)
  assert.ok(await readVideo(parts, opened.videoId))
})

test('an external id belongs to one video (C-20, WC13)', async (t) => {
  const parts = await openTestParts(t)
  await openVideo(parts, { externalId: 'assembly-1' }, file)
  const again = openVideo(parts, { externalId: 'assembly-1' }, file)
  await assert.rejects(again, { code: 'external_id_taken' })
})

function abandon(parts: Parts, { versionId }: OpenedVersion): Promise<number> {
  return parts.database.transaction().execute((tx) => abandonVersions(parts, tx, [versionId]))
}

function readVideo({ database }: Parts, id: string) {
  return database.selectFrom('videos').selectAll().where('id', '=', id).executeTakeFirst()
}
