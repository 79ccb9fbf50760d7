import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import type { VersionState } from '#database/tables.ts'
import { openTestParts } from '../../test/support/parts.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { cancelVideo } from './cancel-video.ts'
import type { Parts } from './parts.ts'
import { type Places, removeFiles } from './remove-files.ts'
import { makeScratch } from './scratch.ts'
import { sweep } from './sweep.ts'
import { openUpload } from './uploads/open-upload.ts'

const hourMs = 3_600_000

interface Given {
  readonly state: VersionState
  readonly publishedHoursAgo?: number
  readonly updatedHoursAgo: number
}

async function makeVideo(parts: Parts, versions: readonly Given[]): Promise<string> {
  const videoId = randomUUID()
  const published = versions.findLastIndex(({ state }) => state === 'published') + 1
  await parts.database
    .insertInto('videos')
    .values({
      id: videoId,
      name: 'a',
      profile: 'default',
      metadata: '{}',
      latest_version: versions.length,
      published_version: published || null,
    })
    .execute()
  for (const [index, { state, publishedHoursAgo, updatedHoursAgo }] of versions.entries()) {
    const number = index + 1
    const source = `sources/${videoId}/${number}/source`
    await parts.storage.put(source, Buffer.from('bytes'))
    await parts.database
      .insertInto('versions')
      .values({
        id: randomUUID(),
        video_id: videoId,
        number,
        state,
        source_key: source,
        prefix: `videos/${videoId}/${number}/`,
        updated_at: new Date(Date.now() - updatedHoursAgo * hourMs),
        published_at:
          publishedHoursAgo === undefined
            ? null
            : new Date(Date.now() - publishedHoursAgo * hourMs),
      })
      .execute()
  }
  return videoId
}

async function listVersions(parts: Parts, videoId: string): Promise<number[]> {
  const rows = await parts.database
    .selectFrom('versions')
    .select('number')
    .where('video_id', '=', videoId)
    .orderBy('number')
    .execute()
  return rows.map(({ number }) => number)
}

async function startRemoving(parts: Parts): Promise<void> {
  await parts.queue.work('removing', (data) => removeFiles(parts, data as Places))
  await parts.queue.start()
}

test('a replaced version stays for those who watch it, however old it is', async (t) => {
  const parts = await openTestParts(t)
  await startRemoving(parts)
  const old = { state: 'published', publishedHoursAgo: 900, updatedHoursAgo: 900 } as const
  const fresh = { state: 'published', publishedHoursAgo: 1, updatedHoursAgo: 1 } as const
  const settled = { state: 'published', publishedHoursAgo: 7, updatedHoursAgo: 7 } as const
  const watched = await makeVideo(parts, [old, fresh])
  const over = await makeVideo(parts, [old, settled])
  await sweep(parts)
  assert.deepEqual(await listVersions(parts, watched), [1, 2])
  assert.deepEqual(await listVersions(parts, over), [2])
  await waitFor(
    'removed bytes',
    async () => (await parts.storage.head(`sources/${over}/1/source`)) === null,
  )
  assert.ok(await parts.storage.head(`sources/${over}/2/source`))
})

test('an upload that is given up leaves no bytes behind', async (t) => {
  const parts = await openTestParts(t)
  await startRemoving(parts)
  const stalled = await makeVideo(parts, [{ state: 'uploading', updatedHoursAgo: 25 }])
  const going = await makeVideo(parts, [{ state: 'uploading', updatedHoursAgo: 23 }])
  await sweep(parts)
  assert.deepEqual(await listVersions(parts, stalled), [])
  assert.deepEqual(await listVersions(parts, going), [1])
  await waitFor(
    'removed bytes',
    async () => (await parts.storage.head(`sources/${stalled}/1/source`)) === null,
  )
  assert.ok(await parts.storage.head(`sources/${going}/1/source`))
})

test('what a killed process left is removed, also by one that got its number; the living keep theirs', async (t) => {
  const parts = await openTestParts(t)
  const parent = join(parts.config.dataDir, 'tmp')
  const { folder, remove } = await makeScratch(parts)
  for (const pid of [process.pid, 2 ** 22 + 1]) {
    await mkdir(join(parent, `scratch-${pid}@${hostname()}-abcdef`))
  }
  await mkdir(join(parent, `scratch-1@elsewhere-abcdef`))
  await sweep(parts)
  assert.deepEqual(
    (await readdir(parent)).toSorted(),
    ['scratch-1@elsewhere-abcdef', basename(folder)].toSorted(),
  )
  await remove()
})

test('what cannot be cleaned up keeps nothing else from it', async (t) => {
  const parts = await openTestParts(t)
  const { database, storage } = parts
  const opened = { id: null, details: {}, videoId: null, filename: 'a.mp4', metadata: null }
  const order = { ...opened, lengthBytes: 10 }
  const { upload } = await openUpload(parts, order, () => undefined)
  await cancelVideo(parts, upload.videoId)
  await database
    .updateTable('events')
    .set({ created_at: new Date(Date.now() - 40 * 24 * hourMs) })
    .execute()
  const refuse = () => Promise.reject(new Error('The bucket is away.'))
  const broken = { ...parts, storage: { ...storage, delete: refuse } }
  await assert.rejects(sweep(broken), /The bucket is away/)
  assert.deepEqual(await database.selectFrom('events').select('id').execute(), [])
})
