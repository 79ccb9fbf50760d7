import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeClip } from '../support/clip.ts'
import { listFiles, makeFolder } from '../support/files.ts'
import { listProcesses } from '../support/processes.ts'
import { runProgram } from '../support/program.ts'
import { waitFor } from '../support/wait-for.ts'
import { createToken, startRunnerProgram, stopRunnerProgram } from './runner-program.ts'
import { openSite } from './site.ts'

test('Two runners that know the server by its address only share the chunks of a video', async (t) => {
  const { server, dataDir } = await openSite(t, { env: { RUNNERS: '0' } })
  const home = await makeFolder(t)
  const token = await createToken(dataDir)
  const clip = await makeClip({ folder: dataDir, seconds: 12 })
  const id = await server.create(clip)
  const runners = await Promise.all(
    ['anna', 'ben'].map((name) => startRunnerProgram({ url: server.url, token, home, name })),
  )
  t.after(() => Promise.all(runners.map(stopRunnerProgram)))

  const video = await server.settled(id)
  assert.equal(video.state, 'published')
  assert.equal(video.renditions[0]?.frames, 300)
  const { stdout } = await runProgram(['jobs', '--json'], {
    cwd: dataDir,
    env: { DATA_DIR: dataDir },
  })
  const workers = [...stdout.matchAll(/"runner":\s*"(\w+)"/g)].map(([, name]) => name)
  assert.deepEqual(new Set(workers), new Set(['anna', 'ben']))
  for (const { name, scratch, program } of runners) {
    program.kill('SIGTERM')
    assert.equal((await program.exited).code, 0, program.stderr())
    // Who it is, for the next start.
    assert.deepEqual(await listFiles(scratch), [`runner-${name}.json`])
  }
})

test('A cancelled video takes its ffmpeg with it, and can be retried to the end (U34)', async (t) => {
  const { server, dataDir } = await openSite(t, { profiles: [slowProfile] })
  const clip = await makeClip({ folder: dataDir, seconds: 8, size: '640x360' })
  const id = await server.create(clip, 'slow')
  await waitFor('ffmpeg at work', async () => (await ffmpegsOf(dataDir)).length > 0)

  assert.equal((await server.call('POST', `/${id}/cancel`)).status, 200)
  await waitFor('end of ffmpeg', async () => (await ffmpegsOf(dataDir)).length === 0, 5000)
  const cancelled = await server.video(id)
  assert.equal(cancelled.state, 'cancelled')
  assert.equal((await server.call('POST', `/${id}/cancel`)).status, 409)

  assert.equal((await server.call('POST', `/${id}/retry`)).status, 200)
  const video = await server.settled(id)
  assert.equal(video.state, 'published')
  assert.equal(video.renditions[0]?.frames, 200)
})

/** Some seconds of work for a clip of eight. */
const slowProfile = {
  name: 'slow',
  gopSeconds: 1,
  segmentSeconds: 4,
  video: [{ height: 360, crf: 20, maxrateKbps: 4000, preset: 'veryslow' }],
}

async function ffmpegsOf(dataDir: string) {
  const found = await listProcesses(`${dataDir}/storage`)
  return found.filter(({ command }) => command.includes('libx264'))
}
