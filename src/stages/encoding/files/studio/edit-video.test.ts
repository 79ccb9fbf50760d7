import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { StudioTask } from '#jobs/file-payload.ts'
import { makeClip } from '../../../../../test/support/clip.ts'
import { runFfmpeg } from '../../../../../test/support/ffmpeg.ts'
import { makeContext, measureLuma, probeFile } from '../work-context.test-support.ts'
import { editVideo } from './edit-video.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-studio-'))
test.after(() => rm(folder, { recursive: true, force: true }))

/** Black, and white from second 2 to second 3, with a tone. */
async function makeFlash(name: string, more: readonly string[] = []): Promise<string> {
  const path = join(folder, name)
  const picture = "color=black:s=160x90:r=25:d=4,drawbox=c=white:t=fill:enable='between(t,2,2.98)'"
  const tone = ['-f', 'lavfi', '-i', 'sine=sample_rate=48000:duration=4']
  await runFfmpeg([
    '-f',
    'lavfi',
    '-i',
    picture,
    ...tone,
    '-c:v',
    'libx264',
    '-g',
    '25',
    ...more,
    path,
  ])
  return path
}

const flash = await makeFlash('flash.mp4')
let jobs = 0

async function work(tasks: readonly StudioTask[], videoFileUrl = flash, sound: string[] = []) {
  jobs += 1
  const reports: number[] = []
  const payload = { input: { videoFileUrl, separatedAudioFileUrl: sound }, output: {}, tasks }
  const scratch = join(folder, `job-${jobs}`)
  const report = (progress: number) => void reports.push(progress)
  const { files } = await editVideo(await makeContext(payload, { scratch, report }))
  assert.ok(files.videoFile)
  const { path, filename } = files.videoFile
  const lumaAt = (atSeconds: number, x = 80, y = 40) => measureLuma(path, { x, y, atSeconds })
  return { path, filename, scratch, reports, lumaAt, ...(await probeFile(path)) }
}

test('a cut keeps just what is between its ends, pictures and sound', async () => {
  const { filename, video, audio, seconds, lumaAt } = await work([
    { name: 'cut', options: { start: '1.5', end: 3.5 } },
  ])
  assert.match(filename, /^output-edition-[0-9a-f-]{36}\.mp4$/)
  assert.deepEqual([video?.nb_read_packets, video?.width, video?.height], ['50', 160, 90])
  assert.ok(audio && Math.abs(seconds - 2) < 0.05)
  assert.ok((await lumaAt(0.44)) < 30)
  assert.ok((await lumaAt(0.52)) > 220)
  assert.ok((await lumaAt(1.6)) < 30)
})

test('a cut late in a long video starts at the same picture and sound', async () => {
  const long = join(folder, 'long.mkv')
  await runFfmpeg(['-stream_loop', '5', '-i', flash, '-c', 'copy', long])
  const cut: StudioTask = { name: 'cut', options: { start: 17.5, end: 19.5 } }
  const { video, seconds, lumaAt } = await work([cut], long)
  assert.ok(Math.abs(Number(video?.nb_read_packets) - 50) <= 1 && Math.abs(seconds - 2) < 0.05)
  assert.ok((await lumaAt(0.4)) < 30 && (await lumaAt(0.6)) > 220)
  assert.ok((await lumaAt(1.4)) > 220 && (await lumaAt(1.6)) < 30)
})

test('segments are removed from the middle, and what is left is one video', async () => {
  const segments = [
    { start: 2, end: 3 },
    { start: '0.5', end: '1' },
  ]
  const { video, seconds, lumaAt } = await work([
    { name: 'remove-segments', options: { segments } },
  ])
  assert.ok(Math.abs(Number(video?.nb_read_packets) - 62.5) < 2)
  assert.ok(Math.abs(seconds - 2.5) < 0.06, `${seconds}`)
  for (const at of [0.2, 1.4, 1.6]) assert.ok((await lumaAt(at)) < 30)
})

test('intro and outro of another size, rate and without sound are put before and after on black', async () => {
  const file = join(folder, 'tall.webm')
  await runFfmpeg(['-f', 'lavfi', '-i', 'color=white:s=50x100:r=10:d=1', '-c:v', 'libvpx', file])
  const { video, audio, seconds, lumaAt, reports, scratch } = await work([
    { name: 'add-intro', options: { file } },
    { name: 'add-outro', options: { file } },
  ])
  assert.deepEqual([video?.width, video?.height, video?.r_frame_rate], [160, 90, '25/1'])
  assert.ok(audio && Math.abs(seconds - 6) < 0.1, `${seconds}`)
  assert.ok((await lumaAt(0.5)) > 220 && (await lumaAt(0.5, 10)) < 30)
  assert.ok((await lumaAt(1.5)) < 30 && (await lumaAt(3.5)) > 220)
  assert.ok((await lumaAt(5.5)) > 220)
  assert.deepEqual(
    reports,
    reports.toSorted((a, b) => a - b),
  )
  // What went into a step is gone when the next begins.
  const left = (await readdir(scratch)).filter((name) => !name.startsWith('input-'))
  assert.equal(left.length, 1)
})

test('a watermark lies in the top right corner, by either spelling of its margin', async () => {
  const file = join(folder, 'mark.png')
  await runFfmpeg(['-f', 'lavfi', '-i', 'color=white:s=60x60', '-frames:v', '1', file])
  const place = { file, watermarkSizeRatio: 0.2, verticalMarginRatio: 0.1 }
  for (const margin of [{ horizontalMarginRatio: 0.1 }, { horitonzalMarginRatio: 0.1 }]) {
    const { lumaAt, audio } = await work([
      { name: 'add-watermark', options: { ...place, ...margin } },
    ])
    // 90 lines: 18 × 18 pixels, 9 from above and from the right.
    assert.ok((await lumaAt(1, 160 - 9 - 14, 9 + 5)) > 220)
    assert.ok((await lumaAt(1, 150, 30)) < 30 && (await lumaAt(1, 152, 0)) < 30)
    assert.ok(audio)
  }
})

test('tasks are done in their order, the separate sound goes into the first only', async () => {
  const silent = await makeFlash('silent.mp4', ['-an'])
  const sound = join(folder, 'sound.m4a')
  await runFfmpeg(['-i', flash, '-vn', '-c', 'copy', sound])
  const tasks: StudioTask[] = [
    { name: 'cut', options: { start: 1 } },
    { name: 'cut', options: { end: 1.5 } },
  ]
  const { seconds, audio, lumaAt } = await work(tasks, silent, [sound])
  assert.ok(audio && Math.abs(seconds - 1.5) < 0.05, `${seconds}`)
  assert.ok((await lumaAt(0.9)) < 30 && (await lumaAt(1.1)) > 220)
})

test('a video of a single odd size, without any sound, can be edited too', async () => {
  const odd = await makeClip({
    folder,
    name: 'odd.mkv',
    seconds: 2,
    size: '161x91',
    sound: false,
    output: ['-pix_fmt', 'yuv444p'],
  })
  const tasks: StudioTask[] = [{ name: 'add-outro', options: { file: odd } }]
  const { video, audio, seconds } = await work(tasks, odd)
  assert.deepEqual([video?.width, video?.height, audio], [160, 90, null])
  assert.ok(Math.abs(seconds - 4) < 0.1)
})

test('a job without tasks and one with a task of tomorrow are refused', async () => {
  await assert.rejects(work([]), { code: 'job_invalid' })
  const unknown = [{ name: 'add-glitter', options: {} }] as unknown as StudioTask[]
  await assert.rejects(work(unknown), { code: 'job_invalid' })
})
