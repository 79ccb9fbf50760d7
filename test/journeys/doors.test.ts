import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkOutput } from '#media/conformance/check-output.ts'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { listProcesses } from '../support/processes.ts'
import { runProgram, startProgram } from '../support/program.ts'
import { startServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { closeSite, openSite } from './site.ts'

const codecs = {
  name: 'codecs',
  gopSeconds: 1,
  segmentSeconds: 2,
  video: (['h264', 'hevc', 'vp9', 'av1'] as const).map((codec) => ({
    height: 90,
    codec,
    crf: 35,
    maxrateKbps: 300,
    preset: { h264: 'ultrafast', hevc: 'ultrafast', vp9: '8', av1: '12' }[codec],
  })),
}

const impossible = {
  name: 'impossible',
  video: [{ height: 90, crf: 30, maxrateKbps: 300, encoder: 'libunheard' }],
}

test('A profile with H.264, HEVC, VP9 and AV1 gives one video of four codecs that passes the check', async (t) => {
  const { server, dataDir } = await openSite(t, { profiles: [codecs] })
  const clip = await makeClip({ folder: dataDir, seconds: 5 })
  const video = await server.settled(await server.create(clip, 'codecs'))
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  const made = video.renditions.map(({ codec, frames }) => `${codec} ${frames}`)
  assert.deepEqual(made.toSorted(), ['aac null', 'av1 125', 'h264 125', 'hevc 125', 'vp9 125'])
  const { findings } = await checkOutput(video.urls.hls ?? '', { decode: true })
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'error'),
    [],
  )
})

test('An encoder that nobody has is refused by its name before anything is stored', async (t) => {
  const { server, dataDir } = await openSite(t, { profiles: [impossible] })
  const path = await makeClip({ folder: dataDir, seconds: 1 })
  const { status, body } = await server.call<{ code: string; detail: string }>('POST', '', {
    source: { path },
    profile: 'impossible',
  })
  assert.equal(status, 422)
  assert.equal(body.code, 'encoder_missing')
  assert.match(body.detail, /libunheard/)
  const { body: page } = await server.call<{ videos: unknown[] }>('GET', '')
  assert.deepEqual(page.videos, [])
})

test('A second server on the same DATA_DIR shares database and work with the first', async (t) => {
  const { server: first, dataDir } = await openSite(t, { env: { RUNNERS: '0' } })
  const clip = await makeClip({ folder: dataDir, seconds: 3 })
  const id = await first.create(clip)
  const second = await startServerProgram({ dataDir })
  t.after(() => closeSite(second))
  const video = await second.settled(id)
  assert.equal(video.state, 'published')
  assert.equal((await first.video(id)).state, 'published')
  const exit = await first.stop()
  assert.equal(exit.code, 0)
  assert.equal((await second.settled(await second.create(clip))).state, 'published')
})

test('Ctrl-C during transcode leaves neither file nor process behind', async (t) => {
  const folder = await makeFolder(t)
  const clip = await makeClip({ folder, seconds: 30, size: '640x360' })
  const args = ['transcode', clip, '-o', join(folder, 'out')]
  const program = startProgram(args, { cwd: folder })
  await waitFor('ffmpeg at work', async () => {
    const found = await listProcesses(join(folder, '.reelmill-'))
    return found.some(({ command }) => command.includes('libx264'))
  })
  program.kill('SIGINT')
  const { code } = await program.exited
  assert.notEqual(code, 0)
  assert.deepEqual(await readdir(folder), ['clip.mp4'])
  assert.deepEqual(await listProcesses(folder), [])
})

test('transcode prints the video as one JSON document and its folder passes reelmill check', async (t) => {
  const folder = await makeFolder(t)
  const clip = await makeClip({ folder, seconds: 3 })
  const out = join(folder, 'out')
  const { stdout } = await runProgram(['transcode', clip, '-o', out, '--json'], { cwd: folder })
  const video = JSON.parse(stdout) as { state: string; renditions: { frames: number | null }[] }
  assert.equal(video.state, 'published')
  assert.equal(video.renditions[0]?.frames, 75)
  const checking = startProgram(['check', out, '--json'], { cwd: folder })
  assert.equal((await checking.exited).code, 0, checking.stdout())
  assert.deepEqual((await readdir(folder)).toSorted(), ['clip.mp4', 'out'])
})
