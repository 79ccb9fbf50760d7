import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameHlsFiles, nameHlsIndex, nameWebVideo } from './names.ts'

const uuid = '4e3a5f2c-0000-4000-8000-000000000000'

test("files have Marsha's names, with the base name where there is one (D-65)", () => {
  const parts = { naming: 'marsha', baseName: '1698941501', uuid, resolution: 720 } as const
  assert.deepEqual(nameHlsFiles(parts), {
    media: '1698941501-720-fragmented.mp4',
    playlist: '1698941501-720.m3u8',
  })
  assert.equal(nameHlsFiles({ ...parts, baseName: null }).playlist, `${uuid}-720.m3u8`)
  assert.equal(nameHlsIndex('marsha', uuid).master, 'master.m3u8')
})

test("files have PeerTube's names, whatever the base name (runner protocol 6.6)", () => {
  const parts = { naming: 'peertube', baseName: 'x', uuid, resolution: 480 } as const
  assert.equal(nameHlsFiles(parts).media, `${uuid}-480-fragmented.mp4`)
  assert.equal(nameWebVideo(parts), `${uuid}-480.mp4`)
  assert.deepEqual(nameHlsIndex('peertube', uuid), {
    master: `${uuid}-master.m3u8`,
    segmentHashes: `${uuid}-segments-sha256.json`,
  })
})
