import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { WebVideoPayload } from '#jobs/file-payload.ts'
import { makeClip } from '../../../../test/support/clip.ts'
import { runFfmpeg } from '../../../../test/support/ffmpeg.ts'
import { makeWebVideo } from './web-video.ts'
import { listKeyTimes, makeContext, probeFile } from './work-context.test-support.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-web-video-'))
test.after(() => rm(folder, { recursive: true, force: true }))

let jobs = 0

async function work(payload: WebVideoPayload) {
  jobs += 1
  const reports: number[] = []
  const report = (progress: number) => void reports.push(progress)
  const context = await makeContext(payload, { scratch: join(folder, `job-${jobs}`), report })
  const result = await makeWebVideo(context)
  const { videoFile } = result.files
  assert.ok(videoFile)
  return { result, videoFile, reports, probed: await probeFile(videoFile.path) }
}

test('a web video has the short side and rate that were ordered, key frames every 2 s and stereo AAC', async () => {
  const source = await makeClip({
    folder,
    seconds: 5,
    size: '320x180',
    output: ['-c:a', 'libopus', '-ac', '1'],
    name: 'landscape.mkv',
  })
  const { result, videoFile, probed, reports } = await work({
    input: { videoFileUrl: source },
    output: { resolution: 90, fps: 12.5 },
  })
  assert.match(videoFile.filename, /^output-[0-9a-f-]{36}\.mp4$/)
  assert.equal(videoFile.type, 'video/mp4')
  assert.deepEqual(
    [probed.video?.width, probed.video?.height, probed.video?.r_frame_rate],
    [160, 90, '25/2'],
  )
  assert.deepEqual([probed.video?.nb_read_packets, probed.video?.pix_fmt], ['63', 'yuv420p'])
  assert.deepEqual([probed.audio?.codec_name, probed.audio?.channels], ['aac', 2])
  assert.deepEqual(await listKeyTimes(videoFile.path), [0, 2, 4])
  assert.ok(result.cpuSeconds > 0 && result.wallSeconds > 0 && result.peakMemoryBytes > 1e6)
  assert.ok(reports.length > 0 && reports.every((share) => share >= 0 && share <= 1))
})

test('of a portrait video the width is the resolution; a turned one is turned', async () => {
  const flat = await makeClip({ folder, seconds: 1, size: '160x90', name: 'flat.mp4' })
  const turned = join(folder, 'turned.mp4')
  await runFfmpeg(['-i', flat, '-c', 'copy', '-metadata:s:v', 'rotate=90', turned])
  const { probed } = await work({
    input: { videoFileUrl: turned },
    output: { resolution: 72, fps: 25 },
  })
  assert.deepEqual([probed.video?.width, probed.video?.height], [72, 128])
})

test('odd sizes and pixels that are no squares become even sizes and square pixels', async () => {
  const source = await makeClip({
    folder,
    seconds: 1,
    size: '90x90',
    name: 'anamorphic.mkv',
    output: ['-aspect', '2:1'],
  })
  const { probed } = await work({
    input: { videoFileUrl: source },
    output: { resolution: 91, fps: 25 },
  })
  const { video } = probed
  assert.deepEqual([video?.width, video?.height, video?.sample_aspect_ratio], [180, 90, '1:1'])
})

test('resolution 0 is the sound alone, and acceptable AAC is taken as it is', async () => {
  const source = await makeClip({ folder, seconds: 1, name: 'aac.mp4' })
  const before = await probeFile(source)
  const { probed } = await work({
    input: { videoFileUrl: source },
    output: { resolution: 0, fps: 25 },
  })
  assert.equal(probed.video, null)
  assert.equal(probed.audio?.nb_read_packets, before.audio?.nb_read_packets)
})

test('sound that lies in a file of its own is put to the pictures', async () => {
  const pictures = await makeClip({ folder, seconds: 2, sound: false, name: 'silent.mp4' })
  const sound = join(folder, 'sound.mp4')
  await runFfmpeg(['-f', 'lavfi', '-i', 'sine=duration=2', '-c:a', 'aac', sound])
  const { probed } = await work({
    input: { videoFileUrl: pictures, separatedAudioFileUrl: [sound] },
    output: { resolution: 90, fps: 25 },
  })
  assert.deepEqual([probed.streams.length, probed.audio?.codec_name], [2, 'aac'])
})

test('a video without sound stays without; sound alone of it is refused, and so are pictures of a song', async () => {
  const silent = await makeClip({ folder, seconds: 1, sound: false, name: 'silent-1.mp4' })
  const { probed } = await work({
    input: { videoFileUrl: silent },
    output: { resolution: 90, fps: 25 },
  })
  assert.equal(probed.audio, null)
  const order = { resolution: 0, fps: 0 }
  await assert.rejects(work({ input: { videoFileUrl: silent }, output: order }), {
    code: 'source_no_sound',
  })
  const song = join(folder, 'song.mp3')
  const cover = ['-f', 'lavfi', '-i', 'color=red:s=64x64:d=0.04', '-map', '0', '-map', '1']
  const art = ['-c:v', 'mjpeg', '-frames:v', '1', '-disposition:v', 'attached_pic']
  await runFfmpeg(['-f', 'lavfi', '-i', 'sine=duration=1', ...cover, ...art, song])
  const pictures = { resolution: 90, fps: 25 }
  await assert.rejects(work({ input: { videoFileUrl: song }, output: pictures }), {
    code: 'source_no_pictures',
  })
})

test('a varying frame rate becomes the one that was ordered, and pictures that start late are held', async () => {
  const source = join(folder, 'late.mkv')
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', 'sine=duration=4', '-itsoffset', '1'],
    ...['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=3'],
    ...['-vf', "select='not(mod(n,3))+lt(n,20)'", '-vsync', 'vfr', '-c:v', 'libx264', source],
  ])
  const { probed } = await work({
    input: { videoFileUrl: source },
    output: { resolution: 90, fps: 25 },
  })
  assert.ok(Math.abs(Number(probed.video?.nb_read_packets) - 100) <= 2)
  assert.equal(probed.video?.r_frame_rate, '25/1')
})

test('a playlist in the clothes of a film is refused, and an impossible order too', async () => {
  const playlist = join(folder, 'film.mp4')
  await writeFile(playlist, '#EXTM3U\n#EXTINF:1,\nother.ts\n')
  const order = { resolution: 90, fps: 25 }
  await assert.rejects(work({ input: { videoFileUrl: playlist }, output: order }), {
    code: 'source_unreadable',
  })
  const source = await makeClip({ folder, seconds: 1, name: 'fine.mp4' })
  const impossible = { resolution: 90, fps: Number.NaN }
  await assert.rejects(work({ input: { videoFileUrl: source }, output: impossible }), {
    code: 'job_invalid',
  })
})

test('a picture of high dynamic range becomes one that every screen shows right', async () => {
  const color = ['-color_trc', 'smpte2084', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc']
  const output = ['-pix_fmt', 'yuv420p10le', ...color]
  const source = await makeClip({ folder, seconds: 1, sound: false, name: 'hdr.mkv', output })
  const { probed } = await work({
    input: { videoFileUrl: source },
    output: { resolution: 90, fps: 25 },
  })
  const { video } = probed
  assert.deepEqual([video?.color_transfer, video?.pix_fmt, video?.width], ['bt709', 'yuv420p', 160])
})

test('a job that was taken away ends at once', async () => {
  const source = await makeClip({ folder, seconds: 1, name: 'gone.mp4' })
  const payload = { input: { videoFileUrl: source }, output: { resolution: 90, fps: 25 } }
  const scratch = join(folder, 'gone')
  const context = await makeContext(payload, { scratch, signal: AbortSignal.abort() })
  await assert.rejects(makeWebVideo(context))
})
