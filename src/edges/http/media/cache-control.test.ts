import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '#config/config.ts'
import { cacheControlOf } from './cache-control.ts'

const place = {
  name: 'v',
  prefix: 'videos/v/2',
  version: 2,
  growing: false,
  ownerId: null,
  visibility: 'public',
} as const
const config = readConfig({
  CACHE_CONTROL_PLAYLISTS: 'max-age=4',
  CACHE_CONTROL_FILES: 'public, x',
})

test('Each kind of file is kept as long as the settings say (C-45, M-44)', () => {
  const of = (path: string, named?: string, changes: Partial<typeof place> | object = {}) =>
    cacheControlOf(config, { ...place, ...changes }, { path, named })
  assert.equal(of('master.m3u8'), 'max-age=4')
  assert.equal(of('manifest.mpd'), 'max-age=4')
  assert.equal(of('360p/0.m4s'), 'no-cache')
  assert.equal(of('360p/0.m4s', '2'), 'public, x')
  assert.equal(of('360p/0.m4s', '1'), 'no-cache')
  assert.equal(of('360p/0.m4s', '2', { growing: true }), 'no-cache')
  assert.equal(of('master.m3u8', '2'), 'max-age=4')
  assert.equal(of('thumbnail.jpg', '2', { visibility: 'private' }), 'private, x')
  assert.equal(of('master.m3u8', undefined, { visibility: 'private' }), 'private, no-cache')
  const unsaid = readConfig({ CACHE_CONTROL_FILES: 'max-age=60, s-maxage=90' })
  const hidden = { ...place, visibility: 'private' } as const
  const kept = cacheControlOf(unsaid, hidden, { path: 'thumbnail.jpg', named: '2' })
  assert.equal(kept, 'private, max-age=60')
})
