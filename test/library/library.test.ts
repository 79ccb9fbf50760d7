import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import type { Storage } from '#storage/contract.ts'
import { openFsStorage } from '#storage/fs/driver.ts'
import { ReelmillError, type VideoRecord } from '../../src/index.ts'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { waitFor } from '../support/wait-for.ts'
import { makeReelmill } from './open-reelmill.ts'

const codeOf = (error: unknown) => (error instanceof ReelmillError ? error.code : String(error))

async function put(storage: Storage, key: string, clip: string): Promise<void> {
  await storage.put(key, createReadStream(clip))
}

test('A program orders renditions of an object by a call, and gets the record and its hook once (D-01, D-03…D-10, D-70, M-33, M-34)', async (t) => {
  const storage = openFsStorage(await makeFolder(t))
  const told: VideoRecord[] = []
  const { reelmill, dataDir } = await makeReelmill(t, { storage })
  reelmill.onPublished((video) => told.push(video))
  await reelmill.start()
  const clip = await makeClip({ folder: dataDir, seconds: 2.4 })
  await put(storage, 'uploads/42/Film.MP4', clip)

  const video = await reelmill.transcode({
    key: 'uploads/42/Film.MP4',
    destination: 'out/42/video/1700000000',
    baseName: 'film',
    profile: 'tiny',
    metadata: { shelf: 3 },
  })
  assert.equal(video.directory, 'out/42/video/1700000000')
  assert.equal(video.baseFilename, 'film')
  assert.ok(['encoding', 'packaging', 'publishing'].includes(video.state), video.state)
  assert.equal(video.duration, 2)
  assert.equal(video.sourceFile?.extname, '.mp4')
  assert.equal(video.sourceFile?.resolution, 90)
  assert.equal(video.sourceFile?.fps, 25)
  assert.equal(video.sourceFile?.metadata.audio.length, 1)

  const again = { key: 'uploads/42/Film.MP4', profile: 'tiny' }
  for (const destination of ['out/42/video/1700000000', 'out/42', 'out/42/video/1700000000/x']) {
    const refused = reelmill.transcode({ ...again, destination })
    await assert.rejects(refused, (error) => codeOf(error) === 'destination_taken', destination)
  }
  assert.equal(await reelmill.deleteTempFile(video.id), 'in_use')

  const done = await reelmill.waitFor(video.id, 'published')
  assert.equal(done.state, 'published')
  assert.deepEqual(done.resolutions, [54, 90])
  assert.equal(done.thumbnailKey, 'out/42/video/1700000000/thumbnail.jpg')
  assert.ok(await storage.head(done.thumbnailKey ?? ''))
  assert.ok(await storage.head('out/42/video/1700000000/master.m3u8'))
  const json = await text(await storage.get('out/42/video/1700000000/video.json'))
  assert.ok(json.includes(video.id))
  assert.doesNotMatch(json, /shelf|webhookUrl|ownerId/)
  await waitFor('the hook', () => told.length > 0)
  assert.deepEqual(
    told.map(({ id, directory, resolutions }) => ({ id, directory, resolutions })),
    [{ id: video.id, directory: done.directory, resolutions: [54, 90] }],
  )
  const [call] = await reelmill.hookCalls({ videoId: video.id })
  assert.equal(call?.hook, 'application.onPublished')

  assert.equal(await reelmill.deleteTempFile(video.id), 'removed')
  assert.equal(await storage.head('uploads/42/Film.MP4'), null)
  assert.equal(await reelmill.deleteTempFile(video.id), 'absent')

  // By its folder or its id it is the same video (D-09); what is to be read is not removed.
  assert.equal((await reelmill.transcript({ destination: done.directory })).id, video.id)
  await reelmill.transcript({ videoId: video.id })
  assert.equal((await reelmill.list()).videos.length, 1)
  assert.equal(await reelmill.deleteTempFile(video.id), 'in_use')
  const unknown = reelmill.transcript({ destination: 'out/none' })
  await assert.rejects(unknown, (error) => codeOf(error) === 'video_not_found')
  await reelmill.delete(video.id)
  assert.equal(await reelmill.get(video.id), null)
})

test('A key that is absent from the storage is refused, and nothing is made (D-04)', async (t) => {
  const { reelmill } = await makeReelmill(t, { runners: 0 })
  await reelmill.start()
  await assert.rejects(
    reelmill.transcode({ key: 'uploads/none.mp4', destination: 'out/none' }),
    (error) => codeOf(error) === 'source_not_found',
  )
  assert.deepEqual((await reelmill.list()).videos, [])
  for (const key of ['../../etc/passwd', '/etc/passwd']) {
    await assert.rejects(reelmill.transcode({ key }), (error) => codeOf(error) === 'key_invalid')
  }
})

test('Sound has neither resolution nor thumbnail, and what is no video fails with its reason, told once (D-06, D-08, D-70)', async (t) => {
  const failed: string[] = []
  const storage = openFsStorage(await makeFolder(t))
  const { reelmill, dataDir } = await makeReelmill(t, {
    storage,
    runners: 0,
    hooks: { onFailed: ({ error }) => failed.push(error?.code ?? '') },
  })
  await reelmill.start()
  const clip = await makeClip({ folder: dataDir, seconds: 1, name: 'a.m4a', output: ['-vn'] })
  await put(storage, 'in/a.m4a', clip)
  const sound = await reelmill.transcode({ key: 'in/a.m4a', profile: 'tiny' })
  assert.equal(sound.sourceFile?.resolution, 0)
  assert.equal(sound.sourceFile?.fps, -1)
  assert.equal(sound.thumbnailKey, null)

  await storage.put('in/b.mp4', Buffer.from('not a video'))
  const bad = await reelmill.transcode({ key: 'in/b.mp4', profile: 'tiny' })
  assert.equal(bad.state, 'failed')
  assert.equal(bad.error?.code, 'source_unreadable')
  await assert.rejects(
    reelmill.waitFor(bad.id, 'published'),
    (error) => codeOf(error) === 'source_unreadable',
  )
  await waitFor('the hook', () => failed.length > 0)
  assert.deepEqual(failed, ['source_unreadable'])
})

test('Videos are uploaded from paths, streams and bytes, listed, cancelled, taken up again and deleted', async (t) => {
  const deleted: string[] = []
  const { reelmill, dataDir } = await makeReelmill(t, { runners: 0 })
  reelmill.onDeleted(({ name }) => deleted.push(name))
  await reelmill.start()
  const clip = await makeClip({ folder: dataDir, seconds: 1 })
  const bytes = await readFile(clip)
  const videos = [
    await reelmill.upload(clip, { profile: 'tiny' }),
    await reelmill.upload(createReadStream(clip), { name: 'a stream', profile: 'tiny' }),
    await reelmill.upload(new Blob([bytes]).stream(), { filename: 'web.mp4', profile: 'tiny' }),
    await reelmill.upload(bytes, { name: 'bytes', profile: 'tiny' }),
  ]
  assert.deepEqual(
    videos.map(({ name, source }) => [name, source.sizeBytes]),
    ['clip.mp4', 'a stream', 'web.mp4', 'bytes'].map((name) => [name, bytes.length]),
  )
  const { videos: listed, next } = await reelmill.list({ limit: 3 })
  assert.equal(listed.length, 3)
  assert.ok(next)
  const [first] = videos
  assert.ok(first)
  assert.equal((await reelmill.cancel(first.id)).state, 'cancelled')
  assert.notEqual((await reelmill.retry(first.id)).state, 'cancelled')
  await reelmill.delete(first.id)
  await waitFor('the hook', () => deleted.length > 0)
  assert.deepEqual(deleted, ['clip.mp4'])
  await assert.rejects(
    reelmill.upload(join(dataDir, 'none.mp4')),
    (error) => codeOf(error) === 'source_not_found',
  )
})

test('Two Reelmills live in one process, and what is not right is said at once', async (t) => {
  const countListeners = () =>
    ['SIGINT', 'SIGTERM', 'uncaughtException'].map((name) => process.listenerCount(name))
  const before = countListeners()
  const { reelmill: one } = await makeReelmill(t, { runners: 0 })
  const { reelmill: two } = await makeReelmill(t, { runners: 0 })
  assert.throws(() => one.url, /not started/)
  await Promise.all([one.start(), two.start(), one.start()])
  assert.notEqual(one.url, two.url)
  assert.deepEqual(countListeners(), before)
  assert.throws(() => one.onFailed(() => undefined), /before/)
  await one.close()
  assert.equal((await fetch(`${two.url}/health/live`)).status, 200)
  await assert.rejects(makeReelmill(t, { dataDirectory: '/x' } as object), /no option/)
})

test('A video that was published elsewhere is written down from its address, under one record (D-09)', async (t) => {
  const { reelmill } = await makeReelmill(t, { runners: 0 })
  await reelmill.start()
  const order = { destination: 'vod/7', videoUrl: 'https://films.example/7.mp4' }
  const first = await reelmill.transcript(order)
  const second = await reelmill.transcript(order)
  assert.equal(first.id, second.id)
  assert.equal(first.state, 'published')
  assert.equal(first.directory, 'vod/7')
  assert.deepEqual(first.urls.mp4, { transcoded: order.videoUrl })
  const refused = reelmill.transcript({ ...order, videoUrl: 'file:///etc/passwd' })
  await assert.rejects(refused, (error) => codeOf(error) === 'invalid_request')
  await reelmill.delete(first.id)
})
