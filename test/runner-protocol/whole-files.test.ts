import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkOutput } from '#media/conformance/check-output.ts'
import type { Profile } from '#stages/planning/profile.ts'
import { createToken } from '../journeys/runner-program.ts'
import { openSite } from '../journeys/site.ts'
import type { StockRelease } from '../peers/stock-release.ts'
import { type StockRunner, startStockRunner } from '../peers/stock-runner.ts'
import { makeClip } from '../support/clip.ts'
import { countFrames } from '../support/count-frames.ts'
import { listFiles } from '../support/files.ts'
import { type ServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'

/** As PeerTube has it, in small. */
const peertube: Profile = {
  name: 'peertube-small',
  wholeFiles: {
    rules: 'peertube',
    hls: true,
    webVideos: true,
    resolutions: [90, 144],
    alwaysOriginal: true,
  },
}

const marsha: Profile = {
  name: 'marsha-small',
  wholeFiles: { rules: 'marsha', resolutions: [90, 144] },
}

async function hire(
  server: ServerProgram,
  release: StockRelease,
  t: { after: (hook: () => Promise<void>) => void },
): Promise<StockRunner> {
  const registrationToken = await createToken(server.dataDir)
  const runner = await startStockRunner({
    release,
    servers: [{ url: server.url, registrationToken }],
    chainMs: 300,
  })
  t.after(() => runner.vanish())
  return runner
}

const acceptedBy = ({ diary }: StockRunner): number =>
  diary.calls.filter(({ path, status }) => path.endsWith('/accept') && status === 200).length

const refusalsOf = ({ diary }: StockRunner) =>
  diary.calls.filter(
    ({ status, path }) => status === null || (status >= 400 && !path.endsWith('/accept')),
  )

for (const release of ['0.0.21', '0.6.0'] as const) {
  test(`a stock runner ${release} alone makes web videos and HLS of a video by PeerTube's rules (D-41, D-46, D-58, D-100, D-107)`, async (t) => {
    const { server, dataDir } = await openSite(t, {
      profiles: [peertube],
      env: { RUNNERS: '0' },
    })
    const clip = await makeClip({ folder: dataDir, seconds: 3, size: '320x180' })
    const runner = await hire(server, release, t)
    const id = await server.create(clip, peertube.name)
    const { state, error } = await server.settled(id)
    assert.equal(state, 'published', JSON.stringify(error))
    // It is published when it can be played; what is smaller may follow.
    await waitFor('the end of all jobs', async () => {
      const { body } = await server.call<{ jobs: { state: string }[] }>('GET', `/${id}/jobs`)
      return body.jobs.length === 6 && body.jobs.every(({ state }) => state === 'completed')
    })
    const shown = JSON.stringify((await server.call('GET', `/${id}/jobs`)).body)
    assert.ok(!/token|private|payload/i.test(shown), shown)
    const video = await server.video(id)
    assert.deepEqual(refusalsOf(runner), [])
    assert.equal(acceptedBy(runner), 6)
    for (const { frames, kind } of await countFrames(video.urls.hls ?? '')) {
      if (kind === 'video') assert.equal(frames, 75)
    }
    const { findings } = await checkOutput(video.urls.hls ?? '', { decode: true })
    assert.deepEqual(
      // Trick play needs a list of the key frames, which the server does not make of others' files.
      findings.filter(({ severity, rule }) => severity === 'error' && rule !== '6.1'),
      [],
    )
    assert.ok(Object.keys(video.urls.mp4 ?? {}).length >= 3, JSON.stringify(video.urls))
  })
}

test('two stock runners of two releases share a video by Marsha’s rules: names, parent first, nothing left behind (D-41, D-65, D-67, D-100, WD12)', async (t) => {
  const { server, dataDir } = await openSite(t, { profiles: [marsha], env: { RUNNERS: '0' } })
  const clip = await makeClip({ folder: dataDir, seconds: 2, size: '320x180' })
  const runners = [await hire(server, '0.0.21', t), await hire(server, '0.6.0', t)]
  const id = await server.create(clip, marsha.name)
  const stopWatching = watchMaster(server, id)
  const video = await server.settled(id)
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  const { reads, faults } = await stopWatching()
  assert.deepEqual(faults, [])
  assert.ok(reads > 1)
  for (const runner of runners) assert.deepEqual(refusalsOf(runner), [])
  const files = await listFiles(join(dataDir, 'storage'))
  assert.ok(
    files.some((path) => path.endsWith('-144-fragmented.mp4')),
    files.join(),
  )
  assert.ok(
    files.some((path) => path.endsWith('-90.m3u8')),
    files.join(),
  )
  assert.deepEqual(
    files.filter((path) => path.startsWith('results/')),
    [],
  )
})

/**
 * Reads the multivariant playlist again and again from when there is one: it must always be there,
 * whole, and name nothing that is not there (D-67, WD12).
 */
function watchMaster(server: ServerProgram, id: string) {
  let [isOver, reads] = [false, 0]
  const faults: string[] = []
  const readOnce = async (url: string): Promise<void> => {
    const response = await fetch(url)
    const text = await response.text()
    const names = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    if (response.status !== 200 || names.length === 0) faults.push(`${response.status} ${text}`)
    for (const name of names) {
      const { status } = await fetch(new URL(name, url))
      if (status !== 200) faults.push(`${status} ${name}`)
    }
    reads += 1
  }
  const watching = (async () => {
    const url = await waitFor('an address to play', async () => {
      const { playable, urls } = await server.video(id)
      return playable ? urls.hls : null
    })
    while (!isOver || reads < 2) await readOnce(url)
  })()
  return async () => {
    isOver = true
    await watching
    return { reads, faults }
  }
}

test('a published video gets a transcript, a storyboard and an edit by a stock runner (D-45, D-58)', async (t) => {
  const { server, dataDir } = await openSite(t, { profiles: [marsha], env: { RUNNERS: '0' } })
  const clip = await makeClip({ folder: dataDir, seconds: 4, size: '320x180' })
  const runner = await hire(server, '0.6.0', t)
  const id = await server.create(clip, marsha.name)
  assert.equal((await server.settled(id)).state, 'published')
  for (const order of [
    { type: 'video-transcription' },
    { type: 'generate-video-storyboard' },
    { type: 'video-studio-transcoding', tasks: [{ name: 'cut', options: { start: 1, end: 3 } }] },
  ]) {
    const { status } = await server.call('POST', `/${id}/jobs`, order)
    assert.equal(status, 201, order.type)
  }
  await waitFor('the end of all jobs', async () => {
    const { body } = await server.call<{ jobs: { state: string; type: string }[] }>(
      'GET',
      `/${id}/jobs`,
    )
    const open = body.jobs.filter(({ state }) => state !== 'completed')
    assert.deepEqual(
      open.filter(({ state }) => state === 'errored'),
      [],
    )
    return open.length === 0 && (await server.video(id)).state === 'published'
  })
  assert.deepEqual(refusalsOf(runner), [])
  const edited = await waitFor('the edited version', async () => {
    const video = await server.video(id)
    return Math.abs((video.source?.durationSeconds ?? 0) - 2) < 0.2 && video.state === 'published'
      ? video
      : null
  })
  assert.ok(edited.urls.hls)
})
