import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { waitFor } from '../support/wait-for.ts'
import { startPeertubeServer } from './peertube-server.ts'
import { startStockRunner } from './stock-runner.ts'

for (const release of ['0.0.21', '0.6.0'] as const) {
  test(`the doubles of a stock runner (${release}) and of a PeerTube server understand each other`, async (t) => {
    const { url, state } = await startPeertubeServer(t)
    // Stock runners take the host of an address as it is.
    state.publicUrl = url
    const clip = await makeClip({ folder: await makeFolder(t), seconds: 1, frameRate: '10' })
    const video = state.addVideo({ video: clip })
    const jobs = [
      state.addJob('vod-web-video-transcoding', video, (files) => ({
        input: { videoFileUrl: `${files}/max-quality` },
        output: { resolution: 90, fps: 10 },
      })),
      state.addJob('vod-hls-transcoding', video, (files) => ({
        input: { videoFileUrl: `${files}/max-quality`, separatedAudioFileUrl: [] },
        output: { resolution: 90, fps: 10, separatedAudio: false },
      })),
    ]
    const servers = [{ url, registrationToken: state.registrationToken }]
    const runner = await startStockRunner({ release, servers, chainMs: 100 })
    t.after(() => runner.stop())
    await waitFor('both results', () => jobs.every((job) => job.state === 'completed'))
    assert.deepEqual(state.remarks, [])
    assert.equal(state.runners[0]?.version, release === '0.6.0' ? release : null)
  })
}
