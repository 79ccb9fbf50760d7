import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkOutput } from '#media/conformance/check-output.ts'
import type { VideoView } from '#videos/video-view.ts'
import { hashOutput, hashSound } from '../lossless/frame-hashes.ts'
import { makeLosslessProfile } from '../lossless/profiles.ts'
import { makeClip } from '../support/clip.ts'
import { listFiles, makeFolder } from '../support/files.ts'
import { endAll, type ServerProgram, startServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { openSite } from './site.ts'
import { beginSlowUpload } from './slow-upload.ts'

const lossless = makeLosslessProfile(
  { name: 'early', gopSeconds: 0.5, segmentSeconds: 1, chunkSecondsMax: 4 },
  [54, 36],
)
const profile = lossless.name
const profiles = [lossless]

/** Some 1.5 MB: grain, so that a small picture has many bytes. */
const grain = ['-vf', 'noise=alls=30:allf=t', '-b:v', '800k', '-bf', '2']
const faststart = ['-movflags', '+faststart']

async function playable(server: ServerProgram, id: string): Promise<VideoView> {
  return waitFor('something to play', async () => {
    const video = await server.video(id)
    return video.playable ? video : null
  })
}

/** What a player fetches first: the master, and of each track its playlist, init and first segment. */
async function fetchBeginning(master: string): Promise<Map<string, Buffer>> {
  const fetched = new Map<string, Buffer>()
  const get = async (path: string): Promise<Buffer> => {
    const response = await fetch(new URL(path, master))
    assert.equal(response.status, 200, path)
    const bytes = Buffer.from(await response.arrayBuffer())
    fetched.set(path, bytes)
    return bytes
  }
  const text = String(await get('master.m3u8'))
  const tracks = new Set([...text.matchAll(/([\w-]+)\/index\.m3u8/g)].map(([, name]) => name))
  for (const track of tracks) {
    const playlist = String(await get(`${track}/index.m3u8`))
    assert.match(playlist, /#EXT-X-PLAYLIST-TYPE:EVENT/)
    assert.doesNotMatch(playlist, /#EXT-X-ENDLIST/)
    await get(`${track}/init.mp4`)
    await get(`${track}/0.m4s`)
  }
  return fetched
}

/** Every frame and all sound of a published video, and that nothing is wrong with it. */
async function hashesOf(video: VideoView): Promise<object> {
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  const { findings } = await checkOutput(video.urls.hls ?? '', { decode: true })
  const errors = findings.filter(({ severity, rule }) => severity === 'error' && rule !== '1.3b')
  assert.deepEqual(errors, [])
  const master = video.urls.hls ?? ''
  const hashes: Record<string, unknown> = {}
  for (const { name } of video.renditions) {
    const playlist = new URL(`${name}/index.m3u8`, master).href
    hashes[name] = name.startsWith('audio') ? await hashSound(playlist) : await hashOutput(playlist)
  }
  return hashes
}

for (const { name, output } of [
  { name: 'clip.mp4', output: [...grain, ...faststart] },
  { name: 'clip.mkv', output: grain },
  { name: 'clip.ts', output: grain },
]) {
  test(`A slow upload of ${name} plays before its last byte has arrived, and every frame is that of the same file uploaded at once (U2)`, async (t) => {
    const { server, dataDir } = await openSite(t, { profiles })
    const path = await makeClip({ folder: dataDir, name, seconds: 16, output })
    const whole = await server.create(path, profile)
    const upload = await beginSlowUpload(() => server.url, { path, profile })
    await upload.sendTo(0.35)
    const early = await playable(server, upload.videoId)
    assert.equal(early.state, 'uploading')
    const beginning = await fetchBeginning(early.urls.hls ?? '')
    assert.ok(beginning.has('36p/0.m4s') && beginning.has('audio-0/0.m4s'))
    await upload.sendTo(0.8)
    const before = early.chunks.total
    await waitFor('more chunks', async () => {
      const { state, chunks } = await server.video(upload.videoId)
      return state === 'uploading' && chunks.total > before
    })
    await upload.sendTo(1)
    const done = await server.settled(upload.videoId)
    assert.deepEqual(await hashesOf(done), await hashesOf(await server.settled(whole)))
    for (const [part, bytes] of beginning) {
      if (part.endsWith('.m3u8')) continue
      const kept = await fetch(new URL(part, done.urls.hls ?? ''))
      assert.ok(bytes.equals(Buffer.from(await kept.arrayBuffer())), `${part} is still the same`)
    }
  })
}

test('Where the index comes last nothing starts early, and an upload that is taken back leaves nothing behind', async (t) => {
  const { server, dataDir } = await openSite(t, { profiles })
  const clips = { folder: dataDir, seconds: 10 }
  const last = await makeClip({ ...clips, name: 'last.mp4', output: grain })
  const first = await makeClip({ ...clips, name: 'first.mp4', output: [...grain, ...faststart] })
  const patient = await beginSlowUpload(() => server.url, { path: last, profile })
  await patient.sendTo(0.9)
  const withdrawn = await beginSlowUpload(() => server.url, { path: first, profile })
  await withdrawn.sendTo(0.9)
  // The older one is looked at first.
  await playable(server, withdrawn.videoId)
  const { state, chunks } = await server.video(patient.videoId)
  assert.deepEqual([state, chunks.total], ['uploading', 0])
  await withdrawn.withdraw()
  assert.equal((await server.call('GET', `/${withdrawn.videoId}`)).status, 404)
  await waitFor('removal of its files', async () => {
    const left = await listFiles(join(dataDir, 'storage'))
    return !left.some((path) => path.includes(withdrawn.videoId))
  })
  await patient.sendTo(1)
  const done = await server.settled(patient.videoId)
  assert.deepEqual([done.state, done.renditions[0]?.frames], ['published', 250])
})

test('A server that is killed in the middle of it goes on where it was, to every frame', async (t) => {
  const dataDir = await makeFolder(t)
  // What a killed runner held is given to another soon.
  const start = () => startServerProgram({ dataDir, profiles, env: { LEASE_SECONDS: '10' } })
  let server = await start()
  const killAll = async () => {
    server.program.kill('SIGKILL')
    await server.program.exited
    // With its runner and its database, which outlive it.
    await endAll(dataDir)
  }
  t.after(killAll)
  const output = [...grain, ...faststart]
  const path = await makeClip({ folder: dataDir, seconds: 16, output })
  const upload = await beginSlowUpload(() => server.url, { path, profile })
  await upload.sendTo(0.5)
  await playable(server, upload.videoId)
  await killAll()
  server = await start()
  assert.equal((await server.video(upload.videoId)).playable, true)
  await upload.sendTo(0.8)
  await killAll()
  server = await start()
  await upload.sendTo(1)
  const done = await server.settled(upload.videoId)
  const whole = await server.settled(await server.create(path, profile))
  assert.deepEqual(await hashesOf(done), await hashesOf(whole))
})

test('A source whose rest is not like its beginning is made anew, and every frame is right', async (t) => {
  const { server, dataDir } = await openSite(t, { profiles })
  const halved = "select='lt(t,8)+not(mod(n,2))',noise=alls=30:allf=t"
  const output = ['-vf', halved, '-vsync', 'vfr', '-b:v', '800k']
  const path = await makeClip({ folder: dataDir, name: 'clip.mkv', seconds: 24, output })
  const upload = await beginSlowUpload(() => server.url, { path, profile })
  await upload.sendTo(0.3)
  assert.equal((await playable(server, upload.videoId)).state, 'uploading')
  await upload.sendTo(1)
  const done = await server.settled(upload.videoId)
  const whole = await server.settled(await server.create(path, profile))
  assert.deepEqual(await hashesOf(done), await hashesOf(whole))
})
