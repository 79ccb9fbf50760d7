import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Profile } from '#stages/planning/profile.ts'
import { makeClip } from '../support/clip.ts'
import { countFrames } from '../support/count-frames.ts'
import { openSite } from './site.ts'

const small: Profile = {
  name: 'small',
  wholeFiles: {
    rules: 'peertube',
    hls: true,
    webVideos: true,
    splitAudio: true,
    resolutions: [144],
    alwaysOriginal: true,
    storyboard: true,
    transcription: false,
  },
}

test("A video in whole files is made by the server's own runner, as PeerTube's would (D-107)", async (t) => {
  const { server, dataDir } = await openSite(t, { profiles: [small] })
  const clip = await makeClip({ folder: dataDir, seconds: 4, size: '320x180' })
  const video = await server.settled(await server.create(clip, 'small'))
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  const made = video.renditions.filter(({ progress }) => progress === 1)
  assert.deepEqual(made.map(({ name }) => name).slice(0, 3), ['180p-web', '180p', 'audio'])
  assert.ok(video.urls.hls)
  const [pictures] = await countFrames(video.urls.hls)
  assert.equal(pictures?.frames, 100)
  // What genuine runners cannot tell is told all the same.
  assert.ok(video.cost.cpuSeconds > 0)
})
