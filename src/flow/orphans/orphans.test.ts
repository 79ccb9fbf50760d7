import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { Config } from '#config/config.ts'
import type { VersionState } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { createJobs } from '#jobs/create.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { chunkJob } from '../../../test/support/protocol-server.ts'
import { openS3Server } from '../../../test/support/s3-server.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { deleteVideo } from '../delete-video.ts'
import { readSweep } from '../note-sweep.ts'
import type { Parts } from '../parts.ts'
import { type Places, removeFiles } from '../remove-files.ts'
import { retireFailed } from '../retire-failed.ts'
import { transcodeObject } from '../transcode-object.ts'
import { findMissing } from './find-missing.ts'
import { findOrphans } from './find-orphans.ts'
import { sweepStorage } from './sweep-storage.ts'

const drivers: Readonly<Record<string, (t: TestContext) => Promise<Partial<Config>>>> = {
  fs: async () => ({ storage: 'fs' }),
  memory: async () => ({ storage: 'memory' }),
  s3: (t) => openS3Server(t),
}

const states: readonly VersionState[] = [
  'uploading',
  'probing',
  'encoding',
  'packaging',
  'published',
  'failed',
  'cancelled',
]

async function listKeys({ storage }: Parts): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of storage.list('')) keys.push(key)
  return keys.toSorted()
}

async function listOrphans(parts: Parts, olderThanMs = 0): Promise<string[]> {
  const keys: string[] = []
  const now = new Date(Date.now() + 60_000)
  for await (const { key } of findOrphans(parts, { olderThanMs, now })) keys.push(key)
  return keys.toSorted()
}

/** A video with all that can lie about of one. */
async function fill(parts: Parts, state: VersionState) {
  const published = state === 'published'
  const rows = await insertVideoRows(parts.database, { state, published, plan: {} })
  const { videoId, versionId, prefix } = rows
  const [job = ''] = await parts.database
    .transaction()
    .execute((tx) => createJobs(tx, versionId, [chunkJob()]))
  await parts.database
    .updateTable('jobs')
    .set({ state: 'processing' })
    .where('uuid', '=', job)
    .execute()
  const keys = [
    `sources/${videoId}/1/source`,
    `sources/${videoId}/1/readable`,
    `sources/${videoId}/studio-${randomUUID()}/a.png`,
    `tmp/${videoId}/thumbnail/1`,
    `${prefix}/360p/0.m4s`,
    `${prefix}/master.m3u8`,
    `results/${job}/holder/360p/1.m4s`,
  ]
  for (const key of keys) await parts.storage.put(key, Buffer.from(key))
  return { ...rows, keys }
}

for (const [name, settings] of Object.entries(drivers)) {
  test(`A deleted video leaves nothing, whatever its state, and nothing of others goes (${name}, U16, WC13)`, async (t) => {
    const parts = await openTestParts(t, await settings(t))
    const stays = await fill(parts, 'published')
    const videos = []
    for (const state of states) videos.push(await fill(parts, state))
    await parts.queue.work('removing', (data) => removeFiles(parts, data as Places))
    await parts.queue.start()
    for (const { videoId } of videos) await deleteVideo(parts, videoId)
    await waitFor('an empty storage', async () => {
      return (await listKeys(parts)).length === stays.keys.length
    })
    assert.deepEqual(await listKeys(parts), stays.keys.toSorted())
  })

  test(`What no row knows of is found, and nothing else (${name}, U16)`, async (t) => {
    const parts = await openTestParts(t, await settings(t))
    for (const state of states) await fill(parts, state)
    const { videoId } = await fill(parts, 'published')
    const deletedId = randomUUID()
    const deletion = { video_id: deletedId, type: 'video.deleted', data: '{}' }
    await parts.database.insertInto('events').values(deletion).execute()
    const strangers = [
      'inbox/film.mp4',
      'videos/not-ours/film.mp4',
      'readme.txt',
      `vod/${randomUUID()}/video/1700000000/film.mp4`,
      `videos/${randomUUID()}/film.mp4`,
      `vod/${videoId}/notes.txt`,
      `videos/${deletedId}/notes.txt`,
    ]
    for (const key of strangers) await parts.storage.put(key, Buffer.from(key))
    assert.deepEqual(await listOrphans(parts), [])
    const orphans = [
      `results/${randomUUID()}/call/videoFile`,
      `sources/${randomUUID()}/1/source`,
      `sources/${videoId}/2/source`,
      `tmp/${videoId}/video/1700000000`,
      `sources/${videoId}/upload-1700000000/${randomUUID()}/source`,
      `videos/${videoId}/2/master.m3u8`,
      `vod/${videoId}/video/1/master.m3u8`,
      `vod/${deletedId}/video/1/master.m3u8`,
      `videos/${deletedId}/1/master.m3u8`,
      `videos/${randomUUID()}/1/master.m3u8`,
    ]
    for (const key of orphans) await parts.storage.put(key, Buffer.from(key))
    assert.deepEqual(await listOrphans(parts), orphans.toSorted())
    assert.deepEqual(await listOrphans(parts, 3_600_000), [], 'young ones are left alone')
  })
}

test('A folder that an application chose in vod/ stays, with all that is its own, also when its video is gone', async (t) => {
  const parts = await openTestParts(t)
  const folder = `vod/${randomUUID()}`
  const source = `${folder}/video/film.mp4`
  await parts.storage.put(source, Buffer.from('film'))
  const videoId = await transcodeObject(parts, { key: source, destination: `${folder}/video/1` })
  const made = `${folder}/video/1/master.m3u8`
  await parts.storage.put(made, Buffer.from('made'))
  assert.deepEqual(await listOrphans(parts), [])
  await parts.queue.work('removing', (data) => removeFiles(parts, data as Places))
  await parts.queue.start()
  await deleteVideo(parts, videoId)
  await waitFor('a removal', async () => (await parts.storage.head(made)) === null)
  assert.deepEqual(await listOrphans(parts), [])
  assert.deepEqual(await listKeys(parts), [source])
})

test('Published videos whose files are gone are told', async (t) => {
  const parts = await openTestParts(t)
  const { videoId, versionId, prefix } = await fill(parts, 'published')
  const init = Buffer.from('init')
  await parts.database
    .insertInto('tracks')
    .values({ version_id: versionId, name: '360p', codecs: 'avc1', timescale: 1, init })
    .execute()
  const segment = { version_id: versionId, track: '360p', duration_ticks: 1, bytes: 1, samples: 1 }
  await parts.database
    .insertInto('segments')
    .values([0, 1].map((number) => ({ ...segment, number, keyframes: '[]' })))
    .execute()
  for (const path of ['manifest.mpd', '360p/init.mp4', '360p/index.m3u8']) {
    await parts.storage.put(`${prefix}/${path}`, Buffer.from('x'))
  }
  const missing = []
  for await (const each of findMissing(parts)) missing.push(each)
  assert.deepEqual(missing, [{ videoId, version: 1, files: 1, example: '360p/1.m4s' }])
})

test('What was made of a failed version goes after its time, its source stays (U16)', async (t) => {
  const parts = await openTestParts(t)
  const old = await fill(parts, 'failed')
  const young = await fill(parts, 'failed')
  const fine = await fill(parts, 'published')
  await parts.database
    .updateTable('versions')
    .set({ updated_at: new Date(Date.now() - 31 * 86_400_000) })
    .where('id', 'in', [old.versionId, fine.versionId])
    .execute()
  await retireFailed(parts)
  const gone = old.keys.filter((key) => key.startsWith('videos/'))
  const kept = [...old.keys, ...young.keys, ...fine.keys].filter((key) => !gone.includes(key))
  assert.deepEqual(await listKeys(parts), kept.toSorted())
  const { plan } = await parts.database
    .selectFrom('versions')
    .select('plan')
    .where('id', '=', old.versionId)
    .executeTakeFirstOrThrow()
  assert.equal(plan, null, 'a retry begins with the source')
  await parts.storage.put(`${old.prefix}/360p/0.m4s`, Buffer.from('late'))
  const orphans = await listOrphans(parts)
  assert.ok(orphans.includes(`${old.prefix}/360p/0.m4s`), orphans.join())
})

test('A sweep of the storage that fails says so to whoever looks later (U16)', async (t) => {
  const parts = await openTestParts(t)
  const broken: Parts = {
    ...parts,
    storage: {
      ...parts.storage,
      list: () => {
        throw new ReelmillError('storage_unavailable')
      },
    },
  }
  await assert.rejects(sweepStorage(broken, { dryRun: true, olderThanHours: 1 }))
  const told = await readSweep(parts.database, 'storage')
  assert.equal(told?.error, new ReelmillError('storage_unavailable').message)
  await sweepStorage(parts, { dryRun: true, olderThanHours: 1 })
  assert.equal((await readSweep(parts.database, 'storage'))?.error, null)
})
