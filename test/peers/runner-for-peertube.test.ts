import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { execa } from 'execa'
import { createLogger } from '#config/log.ts'
import type { FileResult } from '#stages/encoding/files/file-work.ts'
import { fileWorks } from '#stages/encoding/files/file-works.ts'
import { type Equipment, runRunner, runRunnerForAll } from '../../src/runner.ts'
import { makeClip } from '../support/clip.ts'
import { countFrames } from '../support/count-frames.ts'
import { waitFor } from '../support/wait-for.ts'
import type { PeertubeJob } from './peertube-jobs.ts'
import { type PeertubeServer, startPeertubeServer } from './peertube-server.ts'
import { startStorageHost } from './storage-host.ts'
import { tinyWorks, workForEver } from './tiny-works.ts'

let folder = ''
let clip = ''
let picture = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelmill-peertube-'))
  clip = await makeClip({ folder, seconds: 1, frameRate: '10' })
  picture = join(folder, 'preview.jpg')
  await execa('ffmpeg', ['-nostdin', '-v', 'error', '-i', clip, '-frames:v', '1', picture])
})

after(() => rm(folder, { recursive: true, force: true }))

const webVideo = 'vod-web-video-transcoding'

interface Started {
  readonly scratchDir: string
  readonly done: Promise<void>
  readonly stop: () => Promise<void>
  readonly drain: () => void
}

async function startRunner(
  t: TestContext,
  servers: readonly PeertubeServer[],
  equipment: Partial<Equipment> & { readonly runnerToken?: string; readonly name?: string } = {},
): Promise<Started> {
  const { runnerToken, name, ...rest } = equipment
  const scratchDir = await mkdtemp(join(folder, 'runner-'))
  const ending = new AbortController()
  const draining = new AbortController()
  const options: Equipment = {
    slots: 2,
    threads: 1,
    scratchDir,
    signal: ending.signal,
    drain: draining.signal,
    log: createLogger({ logLevel: 'silent' }),
    fileWorks: tinyWorks,
    transcription: { kind: 'whisper.cpp', path: 'whisper-cli', model: 'small' },
    ...rest,
  }
  const accounts = servers.map(({ url: server, state }) => ({
    server,
    name,
    ...(runnerToken ? { runnerToken } : { registrationToken: state.registrationToken }),
  }))
  const [first] = accounts
  assert.ok(first)
  const done =
    accounts.length === 1 ? runRunner({ ...options, ...first }) : runRunnerForAll(accounts, options)
  // A test that expects the runner to fail looks at `done` itself.
  done.catch(() => undefined)
  const stop = async () => {
    ending.abort()
    await done
  }
  t.after(() => stop().catch(() => undefined))
  return { scratchDir, done, stop, drain: () => draining.abort() }
}

function addWebVideo({ state }: PeertubeServer, resolution = 90): PeertubeJob {
  const video = state.addVideo({ video: clip })
  return state.addJob(webVideo, video, (files) => ({
    input: { videoFileUrl: `${files}/max-quality` },
    output: { resolution, fps: 10 },
  }))
}

async function completed(...jobs: readonly PeertubeJob[]): Promise<void> {
  await waitFor('all jobs completed', () => jobs.every(({ state }) => state === 'completed'))
}

/** What a job handed in, as a file. */
async function keepVideo({ uuid, result }: PeertubeJob): Promise<string> {
  const path = join(folder, `${uuid}.mp4`)
  await writeFile(path, result?.files['payload[videoFile]']?.bytes ?? '')
  return path
}

const workingForEver = { ...tinyWorks, [webVideo]: workForEver }

const countCalls = ({ state }: PeertubeServer, ending: string) =>
  state.calls.filter(({ path }) => path.endsWith(ending)).length

test('our runner does every type of a PeerTube server, as a genuine one would (D-100, D-102, D-104, D-105, D-107)', async (t) => {
  const server = await startPeertubeServer(t)
  const { state } = server
  const video = state.addVideo({
    video: clip,
    audio: clip,
    thumbnail: picture,
    tasks: { 'intro-1.mp4': clip },
  })
  const web = addWebVideo(server)
  const hls = state.addJob('vod-hls-transcoding', video, (files) => ({
    input: {
      videoFileUrl: `${files}/max-quality`,
      separatedAudioFileUrl: [`${files}/max-quality/audio`],
    },
    output: { resolution: 90, fps: 10, separatedAudio: false },
  }))
  const merge = state.addJob('vod-audio-merge-transcoding', video, (files) => ({
    input: {
      audioFileUrl: `${files}/max-quality/audio`,
      previewFileUrl: `${files}/thumbnails/max-quality`,
    },
    output: { resolution: 90, fps: 10 },
  }))
  const studio = state.addJob('video-studio-transcoding', video, (files) => ({
    input: { videoFileUrl: `${files}/max-quality` },
    tasks: [
      { name: 'cut', options: { start: '0.1' } },
      { name: 'add-intro', options: { file: `${files}/studio/task-files/intro-1.mp4` } },
    ],
  }))
  const speech = state.addJob('video-transcription', video, (files) => ({
    input: { videoFileUrl: `${files}/max-quality/audio` },
  }))
  const board = state.addJob('generate-video-storyboard', video, (files) => ({
    input: { videoFileUrl: `${files}/max-quality` },
    sprites: { size: { width: 32, height: 18 }, count: { width: 1, height: 1 }, duration: 1 },
  }))
  state.addForeignJob('live-rtmp-hls-transcoding')
  // No engine for speech is at hand: what is shown of that type is how its result goes back.
  const speechWork = { 'video-transcription': tinyWorks['video-transcription'] }
  const runner = await startRunner(t, [server], { fileWorks: { ...fileWorks, ...speechWork } })
  const jobs = [web, hls, merge, studio, speech, board]
  await completed(...jobs)
  await runner.stop()
  assert.deepEqual(state.remarks, [])
  assert.equal(speech.result?.fields['payload[inputLanguage]'], 'en')
  const files = hls.result?.files ?? {}
  assert.deepEqual(Object.keys(files), ['payload[videoFile]', 'payload[resolutionPlaylistFile]'])
  const videoName = files['payload[videoFile]']?.filename ?? ''
  assert.match(videoName, /^[0-9a-f-]{36}-90-fragmented\.mp4$/)
  assert.ok(files['payload[resolutionPlaylistFile]']?.bytes.includes(`URI="${videoName}"`))
  assert.ok(jobs.every(({ updates, failures }) => updates > 0 && failures === 0))
  for (const job of [web, hls, merge, studio]) {
    const [pictures] = await countFrames(await keepVideo(job))
    assert.equal(pictures?.height, 90)
    assert.ok(pictures.frames > 3)
  }
  assert.deepEqual(await readdir(runner.scratchDir), [])
})

test('what a server cannot know does no harm, and a refused version is not said again (7.1, D-110)', async (t) => {
  const server = await startPeertubeServer(t)
  server.state.faults.refusesVersion = true
  const job = addWebVideo(server)
  await startRunner(t, [server])
  await completed(job)
  const questions = server.state.calls.filter(({ path }) => path.endsWith('/jobs/request'))
  const said = questions.map(({ body, status }) => [
    Object.keys(body ?? {}).includes('version'),
    status,
  ])
  assert.equal(said.filter(([hasVersion]) => hasVersion).length, 0)
  assert.equal(server.state.calls[0]?.status, 400)
  assert.equal(server.state.runners[0]?.version, null)
  const [first] = questions
  assert.ok(Array.isArray(Reflect.get(first?.body ?? {}, 'encoders')))
  assert.match(String(Reflect.get(server.state.calls[0]?.body ?? {}, 'version')), /^\d+\.\d+\.\d+$/)
})

test('without an engine, transcriptions are not asked for (2.6)', async (t) => {
  const server = await startPeertubeServer(t)
  const video = server.state.addVideo({ audio: clip })
  const speech = server.state.addJob('video-transcription', video, (files) => ({
    input: { videoFileUrl: `${files}/max-quality/audio` },
  }))
  const job = addWebVideo(server)
  await startRunner(t, [server], { transcription: null })
  await completed(job)
  assert.equal(speech.state, 'pending')
})

test('a download that breaks off is begun again and never worked on (D-104, 1.6)', async (t) => {
  const server = await startPeertubeServer(t)
  const { faults } = server.state
  faults.truncatedDownloads = 2
  faults.refusedDownloads = 1
  const seen: Buffer[] = []
  const job = addWebVideo(server)
  await startRunner(t, [server], {
    fileWorks: {
      ...tinyWorks,
      [webVideo]: async (context) => {
        seen.push(await readFile(await context.download(context.payload.input.videoFileUrl)))
        return tinyWorks[webVideo](context)
      },
    },
  })
  await completed(job)
  assert.deepEqual(seen, [await readFile(clip)])
  assert.equal(job.failures, 0)
})

test('downloads follow redirects, and show the tokens to nobody else (D-104, 5.7)', async (t) => {
  const server = await startPeertubeServer(t)
  const storage = await startStorageHost(t)
  const redirect = (status: number) => ({
    status,
    location: (path: string) => `${storage.url}${path}?signature=1`,
  })
  server.state.faults.redirect = redirect(302)
  const first = addWebVideo(server)
  await startRunner(t, [server], { slots: 1 })
  await completed(first)
  assert.deepEqual(storage.seen, [{ method: 'GET', query: '?signature=1', body: '' }])
  server.state.faults.redirect = redirect(307)
  const second = addWebVideo(server)
  server.ping()
  await waitFor('a failure', () => second.failures > 0)
  await server.close()
  assert.equal(storage.seen.length, 1)
  assert.match(second.messages[0] ?? '', /another server/)
})

test('a result with an address of its own goes there, and success comes without it (2.8)', async (t) => {
  const server = await startPeertubeServer(t)
  const elsewhere = await startPeertubeServer(t)
  const video = server.state.addVideo({ video: clip })
  const job = server.state.addJob('vod-hls-transcoding', video, (files) => ({
    input: { videoFileUrl: `${files}/max-quality` },
    output: {
      resolution: 90,
      fps: 10,
      videoFileCustomUpload: { url: `${elsewhere.url}/custom/a?key=1` },
      resolutionPlaylistFileCustomUpload: { url: `${elsewhere.url}/custom/b`, method: 'POST' },
    },
  }))
  await startRunner(t, [server])
  await completed(job)
  const uploads = elsewhere.state.customUploads.map(({ path, method }) => [method, path])
  assert.deepEqual(uploads, [
    ['PUT', '/custom/a?key=1'],
    ['POST', '/custom/b'],
  ])
  assert.deepEqual(Object.keys(job.result?.files ?? {}), [])
  assert.deepEqual([...server.state.remarks, ...elsewhere.state.remarks], [])
})

test('a job lost to another is passed over, whichever way the server says so (D-103, 8.2)', async (t) => {
  const server = await startPeertubeServer(t)
  for (const status of [409, 400] as const) {
    server.state.faults.lostAccepts = 1
    server.state.faults.lostAcceptStatus = status
    const jobs = [addWebVideo(server), addWebVideo(server)]
    const runner = await startRunner(t, [server])
    await completed(...jobs)
    await runner.stop()
  }
})

test('a success whose answer was lost is not done twice (8.2)', async (t) => {
  const server = await startPeertubeServer(t)
  server.state.faults.lostSuccesses = 1
  server.state.faults.refusedSuccesses = 1
  const job = addWebVideo(server)
  const runner = await startRunner(t, [server])
  await waitFor('a third success', () => countCalls(server, '/success') === 3)
  await runner.stop()
  assert.equal(job.state, 'completed')
  assert.equal(countCalls(server, '/error'), 0)
  assert.equal(countCalls(server, '/accept'), 1)
})

test('a failure is told in no more words than the server takes (1.4, D-109)', async (t) => {
  const server = await startPeertubeServer(t)
  const job = addWebVideo(server)
  const fails = async (): Promise<FileResult> => {
    throw new Error('x'.repeat(9000))
  }
  await startRunner(t, [server], { fileWorks: { ...tinyWorks, [webVideo]: fails } })
  await waitFor('the end of the job', () => job.state === 'errored')
  assert.equal(job.messages.length, 5)
})

test('a job that was taken away ends its work, and its folder goes (8.2)', async (t) => {
  const server = await startPeertubeServer(t)
  const job = addWebVideo(server)
  const ended = Promise.withResolvers<void>()
  const work = async (context: Parameters<(typeof tinyWorks)[typeof webVideo]>[0]) => {
    let progress = 0
    const timer = setInterval(() => context.report((progress += 0.01)), 20)
    try {
      return await workForEver(context)
    } finally {
      clearInterval(timer)
      ended.resolve()
    }
  }
  const runner = await startRunner(t, [server], { fileWorks: { ...tinyWorks, [webVideo]: work } })
  await waitFor('a job in work', () => job.updates > 0)
  Object.assign(job, { state: 'cancelled', jobToken: null })
  await ended.promise
  await waitFor('an empty folder', async () => {
    const [run = ''] = await readdir(runner.scratchDir)
    return (await readdir(join(runner.scratchDir, run))).length === 0
  })
  assert.equal(countCalls(server, '/error') + countCalls(server, '/abort'), 0)
})

test('a runner that stops gives its jobs back with a reason (D-106)', async (t) => {
  const server = await startPeertubeServer(t)
  const jobs = [addWebVideo(server), addWebVideo(server)]
  const runner = await startRunner(t, [server], { fileWorks: workingForEver })
  await waitFor('both in work', () => jobs.every(({ updates }) => updates > 0))
  await runner.stop()
  assert.deepEqual(
    jobs.map(({ state, failures, reasons }) => [state, failures, reasons.length]),
    [
      ['pending', 0, 1],
      ['pending', 0, 1],
    ],
  )
  assert.deepEqual(await readdir(runner.scratchDir), [])
})

test('a runner that is drained ends what it has and takes nothing more', async (t) => {
  const server = await startPeertubeServer(t)
  const finish = Promise.withResolvers<void>()
  const work: (typeof tinyWorks)[typeof webVideo] = async (context) => {
    await finish.promise
    return tinyWorks[webVideo](context)
  }
  const job = addWebVideo(server)
  const runner = await startRunner(t, [server], {
    fileWorks: { ...tinyWorks, [webVideo]: work },
  })
  await waitFor('a job in work', () => job.updates > 0)
  runner.drain()
  const late = addWebVideo(server)
  server.ping()
  finish.resolve()
  await runner.done
  assert.deepEqual([job.state, late.state], ['completed', 'pending'])
})

test('a runner that its server does not know says so and unregisters nobody (D-103, 8.2)', async (t) => {
  const server = await startPeertubeServer(t)
  const runner = await startRunner(t, [server], { runnerToken: 'ptrt-unknown' })
  await assert.rejects(runner.done, { code: 'unknown_runner_token' })
  assert.equal(countCalls(server, '/unregister'), 0)
})

test('a server that forgot its runners gets them back, by registering only (D-103)', async (t) => {
  const server = await startPeertubeServer(t)
  const runner = await startRunner(t, [server], { name: 'kept' })
  await waitFor('the runner', () => countCalls(server, '/jobs/request') > 0)
  server.state.runners.splice(0)
  server.ping()
  await waitFor('the runner again', () => server.state.runners.length === 1)
  const job = addWebVideo(server)
  server.ping()
  await completed(job)
  await runner.stop()
  assert.equal(countCalls(server, '/unregister'), 0)
})

test('several servers share the slots: one that floods or is away starves nobody (issue 3, 5)', async (t) => {
  const flooding = await startPeertubeServer(t)
  const modest = await startPeertubeServer(t)
  const away = await startPeertubeServer(t)
  await away.close()
  const flood = Array.from({ length: 30 }, () => addWebVideo(flooding))
  const runner = await startRunner(t, [flooding, away, modest], { slots: 2 })
  await waitFor('the flood', () => flood.some(({ state }) => state === 'completed'))
  await waitFor('the modest server', () => modest.countSockets() > 0)
  const few = [addWebVideo(modest), addWebVideo(modest), addWebVideo(modest)]
  modest.ping()
  const before = flood.filter(({ state }) => state === 'completed').length
  await completed(...few)
  const meanwhile = flood.filter(({ state }) => state === 'completed').length - before
  // Each has a slot of its own while both have work: three against three, and what was under way.
  assert.ok(meanwhile <= 7, `${meanwhile} of the flood came first`)
  await runner.stop()
  assert.deepEqual(flooding.state.remarks, [])
})

test('one answer that nobody is known, as of a database that is away, changes nothing (D-103, 8.2)', async (t) => {
  const server = await startPeertubeServer(t)
  const { state } = server
  await startRunner(t, [server], { name: 'kept' })
  await waitFor('a question', () => countCalls(server, '/jobs/request') > 0)
  const isForgotten = () =>
    state.calls.some(({ path, status }) => path.endsWith('/jobs/request') && status === 404)
  state.faults.forgetsRunners = true
  server.ping()
  await waitFor('the wrong answer', isForgotten)
  state.faults.forgetsRunners = false
  const job = addWebVideo(server)
  server.ping()
  await completed(job)
  assert.equal(countCalls(server, '/register'), 1)
  assert.equal(countCalls(server, '/unregister'), 0)
})

test('a server that refuses sockets is worked for without them, and not asked all the time', async (t) => {
  const server = await startPeertubeServer(t)
  server.state.faults.refusesSockets = true
  const jobs = Array.from({ length: 6 }, () => addWebVideo(server))
  await startRunner(t, [server])
  await completed(...jobs)
  const questions = countCalls(server, '/jobs/request')
  assert.ok(questions <= 4 * jobs.length, `${questions} questions for ${jobs.length} jobs`)
})

test('of a server that lists what was not asked for, nothing else is taken (6.3, 7.1)', async (t) => {
  const server = await startPeertubeServer(t)
  server.state.faults.ignoresJobTypes = true
  const live = server.state.addForeignJob('live-rtmp-hls-transcoding')
  const job = addWebVideo(server)
  const runner = await startRunner(t, [server])
  await completed(job)
  await runner.stop()
  assert.equal(live.state, 'pending')
  assert.equal(countCalls(server, '/accept'), 1)
  assert.ok(countCalls(server, '/jobs/request') < 6)
})
