import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Config, readConfig } from '#config/config.ts'
import { makeFolder } from '../../test/support/files.ts'
import { openS3Server } from '../../test/support/s3-server.ts'
import { openStorage } from './open.ts'

async function open(t: TestContext, changes: Partial<Config> = {}) {
  const config = readConfig({}, { ...(await openS3Server(t)), ...changes })
  const storage = await openStorage(config)
  const headersOf = async (key: string) => {
    const url = await storage.signer?.get(key, { expiresSeconds: 60 })
    const response = await fetch(url ?? '')
    await response.arrayBuffer()
    return [response.headers.get('content-type'), response.headers.get('cache-control')]
  }
  return { storage, headersOf }
}

const forEver = 'public, max-age=31536000, immutable'

test('Objects tell what they are and how long they may be kept (U14, C-45)', async (t) => {
  const { storage, headersOf } = await open(t)
  const types = {
    'master.m3u8': ['application/vnd.apple.mpegurl', 'no-cache'],
    'manifest.mpd': ['application/dash+xml', 'no-cache'],
    '90p/0.m4s': ['video/iso.segment', forEver],
    '90p/init.mp4': ['video/mp4', forEver],
    'storyboard.vtt': ['text/vtt; charset=utf-8', forEver],
    'thumbnail.jpg': ['image/jpeg', forEver],
  }
  for (const [name, expected] of Object.entries(types)) {
    await storage.put(`videos/v/1/${name}`, Buffer.from('x'))
    assert.deepEqual(await headersOf(`videos/v/1/${name}`), expected, name)
  }
  await storage.put('results/j/c/videoFile', Buffer.from('x'))
  await storage.copy('results/j/c/videoFile', 'videos/v/1/360.mp4')
  assert.deepEqual(await headersOf('videos/v/1/360.mp4'), ['video/mp4', forEver])
  const path = join(await makeFolder(t), 'made')
  await writeFile(path, 'x')
  await storage.putFile('videos/v/1/720.mp4', path)
  assert.deepEqual(await headersOf('videos/v/1/720.mp4'), ['video/mp4', forEver])
})

test('How long is for the operator to say, of each kind or of all (C-45)', async (t) => {
  const { storage, headersOf } = await open(t, {
    cacheControlPlaylists: 'max-age=2',
    cacheControlFiles: 'max-age=86400',
  })
  await storage.put('v/master.m3u8', Buffer.from('x'))
  await storage.put('v/0.m4s', Buffer.from('x'))
  assert.deepEqual((await headersOf('v/master.m3u8'))[1], 'max-age=2')
  assert.deepEqual((await headersOf('v/0.m4s'))[1], 'max-age=86400')
  const all = await open(t, { s3ObjectParameters: { CacheControl: 'max-age=5' } })
  await all.storage.put('v/0.m4s', Buffer.from('x'))
  assert.deepEqual(await all.headersOf('v/0.m4s'), ['video/iso.segment', 'max-age=5'])
})
