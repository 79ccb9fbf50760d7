import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { checkOutput } from '#media/conformance/check-output.ts'
import type { WholeFileProfile } from '#stages/planning/profile.ts'
import { startStockRunner } from '../peers/stock-runner.ts'
import { makeClip } from '../support/clip.ts'
import { runFfmpeg } from '../support/ffmpeg.ts'
import { listFiles } from '../support/files.ts'
import type { ServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { createToken } from './runner-program.ts'
import { openSite } from './site.ts'

const marsha: WholeFileProfile = {
  name: 'small-marsha',
  wholeFiles: { rules: 'marsha', resolutions: [90, 144] },
}
const peertube: WholeFileProfile = {
  name: 'small-peertube',
  wholeFiles: { rules: 'peertube', webVideos: false, resolutions: [360], splitAudio: true },
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** A server without runners of its own, and a stock runner that works for it. */
async function openStockSite(t: TestContext): Promise<ServerProgram> {
  const { server, dataDir } = await openSite(t, {
    profiles: [marsha, peertube],
    env: { RUNNERS: '0' },
  })
  const registrationToken = await createToken(dataDir)
  const runner = await startStockRunner({
    release: '0.6.0',
    servers: [{ url: server.url, registrationToken }],
    chainMs: 100,
  })
  t.after(() => runner.stop())
  return server
}

async function listOutput({ dataDir }: ServerProgram, id: string): Promise<string[]> {
  return (await listFiles(join(dataDir, 'storage', 'videos', id, '1'))).toSorted()
}

async function listBroken(url: string | null): Promise<string[]> {
  const { findings, tracks } = await checkOutput(url ?? '', { decode: true })
  assert.ok(tracks.length > 0)
  // Apple's advice (rules with numbers) is no matter of ours where others encode.
  return findings
    .filter(({ severity, rule }) => severity === 'error' && !/^\d/.test(rule))
    .map(({ rule, where, message }) => `${rule} ${where} ${message}`)
}

test("a stock runner makes Marsha's files, which are published under their names (D-41, D-65, D-67, D-107)", async (t) => {
  const server = await openStockSite(t)
  const clip = await makeClip({ folder: server.dataDir, size: '320x180', seconds: 3 })
  const id = await server.create(clip, 'small-marsha')
  const video = await server.settled(id)
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  assert.deepEqual(
    video.renditions.map(({ name, height }) => [name, height]),
    [
      ['144p', 144],
      ['90p', 90],
    ],
  )
  const files = await listOutput(server, id)
  for (const resolution of [144, 90]) {
    const named = files.filter((name) => new RegExp(`^${uuid}-${resolution}[-.]`).test(name))
    assert.deepEqual(
      named.map((name) => name.slice(36)),
      [`-${resolution}-fragmented.mp4`, `-${resolution}.m3u8`],
    )
  }
  assert.ok(files.includes('master.m3u8'))
  assert.deepEqual(await listBroken(video.urls.hls), [])
})

test('sound alone is merged with a picture, and HLS is made from that (D-44, 2.3, 6.2)', async (t) => {
  const server = await openStockSite(t)
  const path = join(server.dataDir, 'talk.m4a')
  await runFfmpeg(['-f', 'lavfi', '-i', 'sine=frequency=440:duration=3', '-ac', '2', path])
  const id = await server.create(path, 'small-peertube')
  const video = await server.settled(id)
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  // The lower resolution is optional: it comes when the video is published already.
  await waitFor('all resolutions', async () => {
    const { tracks } = await checkOutput(video.urls.hls ?? '')
    return [null, 360, 480].every((each) => tracks.some(({ height }) => height === each))
  })
  assert.deepEqual(await listBroken(video.urls.hls), [])
})
