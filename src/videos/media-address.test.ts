import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressesIn } from './media-address.ts'

const base = {
  baseUrl: 'https://server.example',
  publicUrl: (key: string) => (key.startsWith('videos/') ? `https://cdn.example/${key}` : null),
}
const video = {
  id: 'v',
  visibility: 'public',
  published_version: 2,
  published_prefix: 'videos/v/2/',
} as const

test('What everybody may see is fetched past the server, each version from its own folder (M-09, M-40, M-44, U14)', () => {
  const at = addressesIn(base, video)
  assert.equal(at('master.m3u8'), 'https://cdn.example/videos/v/2/master.m3u8')
  assert.equal(at('thumbnail.jpg'), 'https://cdn.example/videos/v/2/thumbnail.jpg')
})

test('What is private, not published or in a closed folder is fetched through the server (M-43, C-26, U11)', () => {
  const server = 'https://server.example/media/v'
  const hidden = addressesIn(base, { ...video, visibility: 'private' })
  assert.equal(hidden('master.m3u8'), `${server}/master.m3u8`)
  assert.equal(hidden('thumbnail.jpg'), `${server}/thumbnail.jpg?v=2`)
  const unpublished = { ...video, published_version: null, published_prefix: null }
  assert.equal(addressesIn(base, unpublished)('master.m3u8'), `${server}/master.m3u8`)
  const elsewhere = addressesIn(base, { ...video, published_prefix: 'own/v/' })
  assert.equal(elsewhere('master.m3u8'), `${server}/master.m3u8`)
  assert.equal(addressesIn('', video)('master.m3u8'), '/media/v/master.m3u8')
})
