import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { runFfmpeg } from '../../../../test/support/ffmpeg.ts'
import type { FileResult } from './file-work.ts'
import { makeHls } from './hls.ts'
import { editVideo } from './studio/edit-video.ts'
import { makeWebVideo } from './web-video.ts'
import { makeContext, probeFile } from './work-context.test-support.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-in-step-'))
test.after(() => rm(folder, { recursive: true, force: true }))

const beep = ['-f', 'lavfi', '-i', "aevalsrc='if(between(t,3,4),sin(2764*t),0)':s=48000:d=6"]
const flash = "color=black:s=160x90:r=25:d=6,drawbox=c=white:t=fill:enable='between(t,2.99,3.97)'"
const picture = ['-f', 'lavfi', '-i', flash]

/** Black and silent, with a flash and a beep from second 3 to second 4. */
async function makeSource(name: string, input: readonly string[], output: readonly string[] = []) {
  const path = join(folder, name)
  await runFfmpeg([...input, '-c:v', 'libx264', '-g', '50', ...output, path])
  return path
}

/** When the flash and the beep begin, in seconds of the file. */
async function measureStep({ files }: FileResult) {
  const path = files.videoFile?.path ?? ''
  const read = async (options: readonly string[]) => {
    const args = ['-v', 'error', '-i', path, ...options, '-f', 'rawvideo', 'pipe:1']
    return (await execa('ffmpeg', args, { encoding: 'buffer' })).stdout
  }
  const gray = ['-vf', 'fps=fps=100:start_time=0,scale=1:1,format=gray']
  const pictures = await read(gray)
  const loud = ['-map', '0:a', '-ac', '1', '-ar', '8000', '-c:a', 'pcm_u8']
  const sound = await read([...loud, '-af', 'aresample=async=1:first_pts=0'])
  return {
    flash: pictures.findIndex((luma) => luma > 128) / 100,
    beep: sound.findIndex((sample) => Math.abs(sample - 128) > 40) / 8000,
  }
}

/** Seconds of which nobody sees that one is earlier than the other. */
const unseen = 0.045

let jobs = 0
const open = <Payload>(payload: Payload) => {
  jobs += 1
  return makeContext(payload, { scratch: join(folder, `job-${jobs}`) })
}

const sources = {
  'as usual': () => makeSource('usual.mp4', [...picture, ...beep]),
  'in a stream that starts late on the clock': () =>
    makeSource('stream.ts', [...picture, ...beep], ['-output_ts_offset', '5']),
  'where the sound comes later than the pictures': () =>
    makeSource('late-sound.mkv', [...picture, '-ss', '1.5', '-itsoffset', '1.5', ...beep]),
  'where the pictures come later than the sound': () =>
    makeSource('late-pictures.mkv', [...beep, '-ss', '1.5', '-itsoffset', '1.5', ...picture]),
}

for (const [how, make] of Object.entries(sources)) {
  test(`pictures and sound stay together ${how}, in every kind of video`, async () => {
    const input = { videoFileUrl: await make() }
    const output = { resolution: 72, fps: 12.5 }
    const tasks = [{ name: 'cut', options: { start: 1, end: 5 } }] as const
    const results = {
      web: await makeWebVideo(await open({ input, output })),
      hls: await makeHls(await open({ input, output })),
      edited: await editVideo(await open({ input, tasks })),
    }
    for (const [kind, result] of Object.entries(results)) {
      const step = await measureStep(result)
      const said = `${kind}: flash at ${step.flash}, beep at ${step.beep}`
      assert.ok(Math.abs(step.flash - step.beep) < unseen + (kind === 'edited' ? 0 : 0.04), said)
      assert.ok(Math.abs(step.beep - (kind === 'edited' ? 2 : 3)) < 0.1, said)
    }
  })
}

test('several segments that are removed do not shift the sound', async () => {
  const videoFileUrl = await makeSource('many.mp4', [...picture, ...beep])
  const segments = [0.31, 0.93, 1.57, 2.21].map((start) => ({ start, end: start + 0.333 }))
  const tasks = [{ name: 'remove-segments', options: { segments } }] as const
  const step = await measureStep(await editVideo(await open({ input: { videoFileUrl }, tasks })))
  assert.ok(Math.abs(step.flash - step.beep) < unseen, JSON.stringify(step))
})

test('a picture that is over long before the sound stays, and segments stay short', async () => {
  const one = ['-f', 'lavfi', '-i', 'color=white:s=160x90:r=25:d=0.04', ...beep]
  const input = { videoFileUrl: await makeSource('one-picture.mkv', one) }
  const { files } = await makeHls(await open({ input, output: { resolution: 72, fps: 12.5 } }))
  const { video } = await probeFile(files.videoFile?.path ?? '')
  assert.ok(Math.abs(Number(video?.nb_read_packets) - 75) <= 1, video?.nb_read_packets)
  const playlist = await readFile(files.resolutionPlaylistFile?.path ?? '', 'utf8')
  assert.equal(playlist.match(/#EXTINF/g)?.length, 2)
  const tasks = [{ name: 'cut', options: { start: 2 } }] as const
  const edited = await editVideo(await open({ input, tasks }))
  const { video: kept } = await probeFile(edited.files.videoFile?.path ?? '')
  assert.ok(Math.abs(Number(kept?.nb_read_packets) - 100) <= 2, kept?.nb_read_packets)
})
