import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { VideoView } from '#videos/video-view.ts'
import { startStockRunner } from '../peers/stock-runner.ts'
import { makeClip } from '../support/clip.ts'
import { countFrames } from '../support/count-frames.ts'
import { makeFolder } from '../support/files.ts'
import { killProcess } from '../support/processes.ts'
import { runProgram } from '../support/program.ts'
import type { ServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { createToken, startRunnerProgram, stopRunnerProgram } from './runner-program.ts'
import { openSite } from './site.ts'

const clipSeconds = 12
const clipFrames = 300

/** Two rungs of some work, in segments of two seconds. */
const ladder = {
  name: 'ladder',
  gopSeconds: 2,
  segmentSeconds: 2,
  chunkSecondsMax: 4,
  video: [
    { height: 360, crf: 20, maxrateKbps: 4000, preset: 'slow' },
    { height: 180, crf: 30, maxrateKbps: 400, preset: 'ultrafast' },
  ],
}

async function openStockSite(t: TestContext) {
  const site = await openSite(t, { env: { RUNNERS: '0' }, profiles: [ladder] })
  const token = await createToken(site.dataDir)
  const clip = await makeClip({ folder: site.dataDir, seconds: clipSeconds, size: '640x360' })
  return { ...site, token, clip }
}

/** Every frame is there by a stranger's count, and our own check finds no fault. */
async function requireWhole(server: ServerProgram, video: VideoView, dataDir: string) {
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  for (const { kind, frames } of video.renditions) {
    if (kind === 'video') assert.equal(frames, clipFrames)
  }
  const master = `${server.url}/media/${video.id}/master.m3u8`
  const streams = await countFrames(master)
  const pictures = streams.filter(({ kind }) => kind === 'video')
  assert.deepEqual(
    pictures.map(({ frames }) => frames),
    [clipFrames, clipFrames],
  )
  // Fails where it finds a fault.
  await runProgram(['check', master], { cwd: dataDir, env: {} })
}

async function workersOf(dataDir: string): Promise<Set<string>> {
  const { stdout } = await runProgram(['jobs', '--json'], {
    cwd: dataDir,
    env: { DATA_DIR: dataDir },
  })
  return new Set([...stdout.matchAll(/"runner":\s*"([\w-]+)"/g)].map(([, name]) => name ?? ''))
}

for (const release of ['0.0.21', '0.6.0'] as const) {
  test(`Stock runners alone work on the chunks of one video (release ${release}, D-100, U42)`, async (t) => {
    const { server, dataDir, token, clip } = await openStockSite(t)
    const stocks = await Promise.all(
      ['anna', 'ben'].map((name) =>
        startStockRunner({
          release,
          name,
          servers: [{ url: server.url, registrationToken: token }],
          chainMs: 100,
        }),
      ),
    )
    t.after(() => Promise.all(stocks.map((stock) => stock.stop())))
    const video = await server.settled(await server.create(clip, 'ladder'))
    await requireWhole(server, video, dataDir)
    assert.deepEqual(await workersOf(dataDir), new Set(['anna', 'ben']))
  })
}

test('A stock runner and two of ours work on one video, one of them is killed, and every frame is there (U130)', async (t) => {
  const { server, dataDir, token, clip } = await openStockSite(t)
  const home = await makeFolder(t)
  const stock = await startStockRunner({
    release: '0.6.0',
    name: 'stock',
    servers: [{ url: server.url, registrationToken: token }],
    chainMs: 100,
  })
  t.after(() => stock.stop())
  const [anna, ben] = await Promise.all(
    ['anna', 'ben'].map((name) => startRunnerProgram({ url: server.url, token, home, name })),
  )
  if (!anna || !ben) throw new Error('two runners were started')
  t.after(() => stopRunnerProgram(ben))
  await waitFor('our runners', async () => {
    const { stdout } = await runProgram(['runners', '--json'], {
      cwd: dataDir,
      env: { DATA_DIR: dataDir },
    })
    return stdout.includes('"anna"') && stdout.includes('"ben"')
  })
  const id = await server.create(clip, 'ladder')
  await waitFor('anna at work', async () => (await workersOf(dataDir)).has('anna'))
  killProcess(anna.program.pid)
  // As an operator who knows that the machine is gone: its lease need not end first.
  await runProgram(['runners', 'remove', 'anna'], { cwd: dataDir, env: { DATA_DIR: dataDir } })
  const video = await server.settled(id)
  await requireWhole(server, video, dataDir)
  const workers = await workersOf(dataDir)
  assert.ok(workers.has('stock') && workers.has('ben'), [...workers].join())
})
