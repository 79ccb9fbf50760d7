import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogger } from '#config/log.ts'
import { runRunnerForAll } from '../../src/runner.ts'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { startProtocolServer } from '../support/protocol-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { startPeertubeServer } from './peertube-server.ts'
import { tinyWorks } from './tiny-works.ts'

const cost = { cpuSeconds: 1, wallSeconds: 1, peakMemoryBytes: 1 }

test('one runner works for a Reelmill and a PeerTube server at once (issue 3, 5)', async (t) => {
  const reelmill = await startProtocolServer(t)
  const peertube = await startPeertubeServer(t)
  const folder = await makeFolder(t)
  const video = peertube.state.addVideo({ video: await makeClip({ folder, seconds: 1 }) })
  const job = peertube.state.addJob('vod-web-video-transcoding', video, (files) => ({
    input: { videoFileUrl: `${files}/max-quality` },
    output: { resolution: 90, fps: 10 },
  }))
  const versionId = await reelmill.order({})
  const work = async () => {
    await reelmill.recordSegments(versionId, '90p', [0])
    return { ...cost, segments: { '90p': 1 } }
  }
  const stop = new AbortController()
  const accounts = [
    { server: reelmill.url, registrationToken: reelmill.registrationToken, name: 'both' },
    { server: peertube.url, registrationToken: peertube.state.registrationToken, name: 'both' },
  ]
  const running = runRunnerForAll(accounts, {
    slots: 1,
    threads: 1,
    scratchDir: folder,
    signal: stop.signal,
    log: createLogger({ logLevel: 'silent' }),
    works: { 'vod-chunk-encoding': work, 'vod-audio-encoding': work },
    fileWorks: tinyWorks,
  })
  await waitFor('the end of both jobs', async () => {
    const { state } = await reelmill.readVersion(versionId)
    return state === 'packaging' && job.state === 'completed'
  })
  stop.abort()
  await running
  assert.deepEqual(peertube.state.remarks, [])
})
