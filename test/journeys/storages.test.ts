import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { readConfig } from '#config/config.ts'
import { checkOutput } from '#media/conformance/check-output.ts'
import type { Profile } from '#stages/planning/profile.ts'
import type { VideoView } from '#videos/video-view.ts'
import { startStockRunner } from '../peers/stock-runner.ts'
import { makeClip } from '../support/clip.ts'
import { countFrames } from '../support/count-frames.ts'
import { runProgram } from '../support/program.ts'
import { openS3ServerForProgram, openToEveryone } from '../support/s3-server.ts'
import type { ServerProgram } from '../support/server-program.ts'
import { createToken } from './runner-program.ts'
import { openSite } from './site.ts'

const files: Profile = {
  name: 'files',
  wholeFiles: {
    rules: 'peertube',
    hls: true,
    webVideos: true,
    splitAudio: true,
    resolutions: [],
    alwaysOriginal: true,
    storyboard: true,
    transcription: false,
  },
}

type Environment = Readonly<Record<string, string>>

/** Where no program finds a file of the server's: everything is read and written through the driver. */
const storages: Readonly<Record<string, (t: TestContext) => Promise<Environment>>> = {
  memory: async () => ({ STORAGE: 'memory' }),
  s3: openS3ServerForProgram,
}

async function requireSound(server: ServerProgram, video: VideoView, frames: number) {
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  const master = video.urls.hls ?? ''
  // Fails where it finds a fault.
  await runProgram(['check', master], { cwd: server.dataDir, env: {} })
  const pictures = (await countFrames(master)).filter(({ kind }) => kind === 'video')
  assert.deepEqual(new Set(pictures.map((each) => each.frames)), new Set([frames]))
  const thumbnail = await fetch(video.urls.thumbnail ?? '')
  assert.equal(thumbnail.headers.get('content-type'), 'image/jpeg')
  await thumbnail.arrayBuffer()
}

async function openStocked(t: TestContext, env: Environment): Promise<ServerProgram> {
  const { server, dataDir } = await openSite(t, { env: { ...env, RUNNERS: '0' } })
  const registrationToken = await createToken(dataDir)
  const stock = await startStockRunner({
    release: '0.6.0',
    servers: [{ url: server.url, registrationToken }],
    chainMs: 100,
  })
  t.after(() => stock.stop())
  return server
}

for (const [name, open] of Object.entries(storages)) {
  test(`A journey needs no file of the server: our own runner (${name}, M-09, U10)`, async (t) => {
    const { server, dataDir } = await openSite(t, { env: await open(t) })
    const clip = await makeClip({ folder: dataDir, seconds: 3 })
    const video = await server.settled(await server.create(clip))
    await requireSound(server, video, 75)
  })

  test(`A source that must be copied to be read lies in the storage too (${name})`, async (t) => {
    const { server, dataDir } = await openSite(t, { env: await open(t) })
    const clip = await makeClip({ folder: dataDir, seconds: 3, name: 'clip.ts' })
    const video = await server.settled(await server.create(clip))
    await requireSound(server, video, 75)
  })

  test(`Whole files are proven where no file is (${name}, M-09, D-107)`, async (t) => {
    const { server, dataDir } = await openSite(t, { env: await open(t), profiles: [files] })
    const clip = await makeClip({ folder: dataDir, seconds: 3 })
    const video = await server.settled(await server.create(clip, 'files'))
    assert.equal(video.state, 'published', JSON.stringify(video.error))
    const [pictures] = await countFrames(video.urls.hls ?? '')
    assert.equal(pictures?.frames, 75)
  })

  test(`Pieces for stock runners are cut out of a source that is no file (${name}, D-100, U42)`, async (t) => {
    const server = await openStocked(t, await open(t))
    const clip = await makeClip({ folder: server.dataDir, seconds: 4 })
    const video = await server.settled(await server.create(clip))
    await requireSound(server, video, 100)
  })
}

test('What is published is fetched past the server, as the bucket describes it (M-09, M-40, U14, WC13)', async (t) => {
  const env = await (storages['s3'] as (typeof storages)[string])(t)
  const publicUrl = `${env['S3_ENDPOINT_URL']}/${env['S3_BUCKET']}`
  const { server, dataDir } = await openSite(t, { env: { ...env, S3_PUBLIC_URL: publicUrl } })
  await openToEveryone(readConfig(env), 'videos')
  const clip = await makeClip({ folder: dataDir, seconds: 3 })
  const id = await server.create(clip)
  const video = await server.settled(id)
  assert.equal(video.urls.hls, `${publicUrl}/videos/${id}/1/master.m3u8`)
  const { findings } = await checkOutput(video.urls.hls ?? '')
  // Compressing playlists (10.1) is the CDN's business.
  const faults = findings.filter(({ severity, rule }) => severity === 'error' && rule !== '10.1')
  assert.deepEqual(faults, [])
  const own = await fetch(`${server.url}/media/${id}/master.m3u8`)
  assert.equal(own.status, 200)
  assert.match(await own.text(), /^90p\/index\.m3u8$/m)
  const page = await fetch(`${server.url}/watch/${id}`)
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.ok(policy.includes(`connect-src 'self' ${new URL(publicUrl).origin};`), policy)
  await server.call('PATCH', `/${id}`, { visibility: 'private' })
  const hidden = await server.video(id)
  assert.equal(hidden.urls.hls, `${server.url}/media/${id}/master.m3u8`)
})
