import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { openTestHttpServer, type TestHttpServer } from '../../../../test/support/http-server.ts'
import { countLockWaits } from '../../../../test/support/lock-waits.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'
import { waitFor } from '../../../../test/support/wait-for.ts'

interface Published extends TestHttpServer {
  readonly videoId: string
  get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>
}

const playlist = `#EXTM3U\n${'#EXT-X-VERSION:7\n'.repeat(100)}`

async function openPublished(t: TestContext): Promise<Published> {
  const server = await openTestHttpServer(t)
  const { storage, database } = server.parts
  const { videoId, prefix } = await insertVideoRows(database, { published: true })
  await storage.put(`${prefix}/master.m3u8`, Buffer.from(playlist))
  await storage.put(`${prefix}/manifest.mpd`, Buffer.from('<MPD/>'))
  await storage.put(`${prefix}/360p/init.mp4`, Buffer.from('init'))
  await storage.put(`${prefix}/360p/0.m4s`, Buffer.from('0123456789'))
  await storage.put(`${prefix}/thumbnail.jpg`, Buffer.from('jpeg'))
  await storage.put(`${prefix}/video.json`, Buffer.from('{}'))
  await storage.put(`sources/${videoId}/1/source`, Buffer.from('secret'))
  return {
    ...server,
    videoId,
    get: (path, headers = {}, method = 'GET') =>
      fetch(`${server.url}/media/${videoId}/${path}`, { method, headers }),
  }
}

test('Files have the types that players need, for any site (U14, rule 10.4)', async (t) => {
  const { get } = await openPublished(t)
  for (const [path, type] of [
    ['master.m3u8', 'application/vnd.apple.mpegurl'],
    ['manifest.mpd', 'application/dash+xml'],
    ['360p/init.mp4', 'video/mp4'],
    ['360p/0.m4s', 'video/iso.segment'],
    ['thumbnail.jpg', 'image/jpeg'],
  ]) {
    const response = await get(path ?? '')
    assert.equal(response.status, 200, path)
    assert.equal(response.headers.get('content-type'), type)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    await response.arrayBuffer()
  }
})

test('Ranges are answered exactly, and HEAD tells the length', async (t) => {
  const { get } = await openPublished(t)
  const part = await get('360p/0.m4s', { range: 'bytes=2-4' })
  assert.deepEqual([part.status, await part.text()], [206, '234'])
  assert.equal(part.headers.get('content-range'), 'bytes 2-4/10')
  const beyond = await get('360p/0.m4s', { range: 'bytes=10-' })
  assert.equal(beyond.status, 416)
  assert.equal(beyond.headers.get('content-range'), 'bytes */10')
  const other = await get('360p/0.m4s', { range: 'bytes=2-4', 'if-range': '"another"' })
  assert.deepEqual([other.status, await other.text()], [200, '0123456789'])
  const head = await get('360p/0.m4s', {}, 'HEAD')
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, '10'])
  assert.equal(await head.text(), '')
})

test('A file that did not change is not sent again', async (t) => {
  const { get } = await openPublished(t)
  for (const path of ['360p/0.m4s', 'master.m3u8']) {
    const first = await get(path)
    await first.arrayBuffer()
    assert.equal(first.headers.get('cache-control'), 'no-cache')
    const second = await get(path, { 'if-none-match': first.headers.get('etag') ?? '' })
    assert.deepEqual([second.status, await second.text()], [304, ''])
  }
})

test('Only an address that names the published version may be kept for ever', async (t) => {
  const { get } = await openPublished(t)
  const keeping = async (query: string): Promise<string | null> =>
    (await get(`thumbnail.jpg${query}`)).headers.get('cache-control')
  assert.match((await keeping('?v=1')) ?? '', /immutable/)
  assert.equal(await keeping('?v=2'), 'no-cache')
  assert.equal(await keeping(''), 'no-cache')
})

test('Playlists are gzipped for those who accept it (rule 10.1)', async (t) => {
  const { get } = await openPublished(t)
  const zipped = await get('master.m3u8', { 'accept-encoding': 'gzip' })
  assert.equal(zipped.headers.get('content-encoding'), 'gzip')
  assert.ok(Number(zipped.headers.get('content-length')) < playlist.length / 2)
  assert.equal(await zipped.text(), playlist)
  const plain = await get('master.m3u8', { 'accept-encoding': 'gzip;q=0' })
  assert.equal(plain.headers.get('content-encoding'), null)
  assert.equal(await plain.text(), playlist)
  assert.notEqual(plain.headers.get('etag'), zipped.headers.get('etag'))
})

/** fetch() tidies a path up before it sends it; this does not. */
function statusOf(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { path }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

test('Nothing but the files of a player is reached (U11, U115)', async (t) => {
  const { url, videoId } = await openPublished(t)
  const base = `/media/${videoId}`
  for (const path of [
    `${base}/../../sources/${videoId}/1/source`,
    `${base}/..%2f..%2f..%2fsources%2f${videoId}%2f1%2fsource`,
    `${base}/%2e%2e/%2e%2e/x.mp4`,
    `${base}/.tmp/x.mp4`,
    `${base}//etc/passwd`,
    `${base}/360p/0.m4s%00.jpg`,
    `${base}/video.json`,
    `${base}/360p`,
    `${base}/nothing.m4s`,
    `${base}/`,
    `/media/${randomUUID()}/master.m3u8`,
    '/media/x/master.m3u8',
    '/media/../etc/passwd',
  ]) {
    assert.equal(await statusOf(url, path), 404, path)
  }
})

test('Before anything can be played there is nothing, and segments as they come', async (t) => {
  const { url, parts } = await openTestHttpServer(t)
  const statusFor = async (id: string, path: string): Promise<number> =>
    (await fetch(`${url}/media/${id}/${path}`)).status
  const waiting = await insertVideoRows(parts.database)
  assert.equal(await statusFor(waiting.videoId, 'master.m3u8'), 404)
  const growing = await insertVideoRows(parts.database, { playable: true })
  await parts.storage.put(`${growing.prefix}/360p/0.m4s`, Buffer.from('x'))
  assert.equal(await statusFor(growing.videoId, '360p/0.m4s'), 200)
  assert.equal(await statusFor(growing.videoId, 'manifest.mpd'), 404)
  const failed = await insertVideoRows(parts.database, { playable: true, state: 'failed' })
  await parts.storage.put(`${failed.prefix}/360p/0.m4s`, Buffer.from('x'))
  assert.equal(await statusFor(failed.videoId, '360p/0.m4s'), 404)
})

test('A playlist that is asked for just when the video is published is there (D-67)', async (t) => {
  const { url, parts } = await openTestHttpServer(t)
  const { database, storage } = parts
  const { videoId, prefix } = await insertVideoRows(database, { playable: true })
  await storage.put(`${prefix}/master.m3u8`, Buffer.from(playlist))
  await database.updateTable('videos').set({ visibility: 'private' }).execute()
  const asking: Promise<Response>[] = []
  await database.transaction().execute(async (tx) => {
    // Who calls is looked up after where the video is.
    await sql`lock table users in access exclusive mode`.execute(tx)
    asking.push(fetch(`${url}/media/${videoId}/master.m3u8`))
    await waitFor('a call that waits', async () => (await countLockWaits(database)) === 1)
    await tx.updateTable('videos').set({ published_version: 1 }).execute()
    await tx.updateTable('versions').set({ state: 'published' }).execute()
  })
  const [response] = await Promise.all(asking)
  assert.deepEqual([response?.status, await response?.text()], [200, playlist])
})
