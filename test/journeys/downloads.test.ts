import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { execa } from 'execa'
import type { ChunkProfile } from '#stages/planning/profile.ts'
import type { VideoView } from '#videos/video-view.ts'
import { runFfmpeg } from '../support/ffmpeg.ts'
import { listFiles } from '../support/files.ts'
import { tinyProfile } from '../support/profiles.ts'
import { runProgram } from '../support/program.ts'
import { openS3ServerForProgram } from '../support/s3-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { openSite } from './site.ts'

/** GOPs of half a second, so that tiles are two seconds apart and segments hold several groups. */
const downloads: ChunkProfile = {
  ...tinyProfile,
  name: 'downloads',
  storyboard: true,
  mp4: ['90p', '54p'],
}

type Environment = Readonly<Record<string, string>>

const storages: Readonly<Record<string, (t: TestContext) => Promise<Environment>>> = {
  fs: async () => ({}),
  s3: openS3ServerForProgram,
}

const seconds = 9
/** Every second has its own brightness: each picture tells its time. */
async function makeRamp(folder: string): Promise<string> {
  const path = join(folder, 'ramp.mp4')
  const ramp = `color=black:s=160x90:r=25:d=${seconds},geq=lum='20+20*floor(T+0.001)':cb=128:cr=128`
  const tone = `sine=frequency=440:sample_rate=48000:duration=${seconds}`
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', ramp, '-f', 'lavfi', '-i', tone],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-ac', '2', path],
  ])
  return path
}

interface Stream {
  readonly codec_name: string
  readonly duration: string
  readonly start_time: string
  readonly nb_read_packets: string
}

async function probe(location: string): Promise<readonly Stream[]> {
  const options = ['-v', 'error', '-count_packets', '-show_streams', '-of', 'json']
  const { stdout } = await execa('ffprobe', [...options, location])
  return (JSON.parse(stdout) as { readonly streams: readonly Stream[] }).streams
}

/** A hash of every decoded picture, in their order, without their times. */
async function hashPictures(location: string, map: string): Promise<string[]> {
  const output = ['-map', map, '-fps_mode', 'passthrough', '-f', 'framemd5', '-']
  const { stdout } = await execa('ffmpeg', ['-v', 'error', '-i', location, ...output])
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => line.split(',').at(-1)?.trim() ?? '')
}

async function requireFilm(video: VideoView): Promise<void> {
  assert.deepEqual(Object.keys(video.urls.mp4), ['90p', '54p'])
  const url = video.urls.mp4['90p'] ?? ''
  assert.match(url, /\/90p25\.mp4$/)
  const streams = await probe(url)
  const facts = streams.map((each) => [each.codec_name, Number(each.start_time)])
  assert.deepEqual(facts, [
    ['h264', 0],
    ['aac', 0],
  ])
  assert.equal(streams[0]?.nb_read_packets, String(seconds * 25))
  for (const { duration } of streams) assert.ok(Math.abs(Number(duration) - seconds) < 0.04)
  const segments = (video.urls.hls ?? '').replace('master.m3u8', '90p/index.m3u8')
  assert.deepEqual(await hashPictures(url, '0:v'), await hashPictures(segments, '0:v'))
  const opening = await fetch(`${url}?download`, { headers: { range: 'bytes=0-63' } })
  const disposition = opening.headers.get('content-disposition') ?? ''
  assert.match(disposition, /^attachment; filename="ramp90p25\.mp4"/)
  assert.match(Buffer.from(await opening.arrayBuffer()).toString('latin1'), /^.{4}ftyp.*moov/s)
}

interface Cue {
  readonly atSeconds: number
  readonly picture: string
  readonly x: number
  readonly y: number
}

async function readCues(url: string): Promise<Cue[]> {
  const text = await (await fetch(url)).text()
  const pattern = /00:00:(\d\d\.\d{3}) --> \S+\n(\S+)#xywh=(\d+),(\d+),192,108/g
  return [...text.matchAll(pattern)].map(([, at, picture = '', x, y]) => ({
    atSeconds: Number(at),
    picture: new URL(picture, url).href,
    x: Number(x),
    y: Number(y),
  }))
}

async function measureLuma(path: string, x: number, y: number): Promise<number> {
  const crop = `scale=in_range=auto:out_range=pc,format=gray,crop=8:8:${x + 90}:${y + 50}`
  const output = ['-frames:v', '1', '-vf', crop, '-f', 'rawvideo', 'pipe:1']
  const { stdout } = await execa('ffmpeg', ['-v', 'error', '-i', path, ...output], {
    encoding: 'buffer',
  })
  return stdout.reduce((sum, value) => sum + value, 0) / Math.max(1, stdout.length)
}

async function requireStoryboard(video: VideoView, folder: string): Promise<void> {
  const cues = await readCues(video.urls.storyboard ?? '')
  assert.deepEqual(
    cues.map(({ atSeconds }) => atSeconds),
    // The first key frame in every two seconds: a group of pictures has 13 of them.
    [0, 2.08, 4.16, 6.24, 8.32],
  )
  const path = join(folder, 'sheet.jpg')
  const sheet = await fetch(cues[0]?.picture ?? '')
  assert.equal(sheet.headers.get('content-type'), 'image/jpeg')
  await writeFile(path, Buffer.from(await sheet.arrayBuffer()))
  for (const { atSeconds, x, y } of cues) {
    const expected = ((20 + 20 * Math.floor(atSeconds) - 16) * 255) / 219
    const luma = await measureLuma(path, x, y)
    assert.ok(Math.abs(luma - expected) < 8, `at ${atSeconds} s: ${luma}, expected ${expected}`)
  }
}

for (const [name, open] of Object.entries(storages)) {
  test(`A profile that says so gives MP4s to download and a storyboard, and both go with the video (${name}, U47, U53, V-15, P-53)`, async (t) => {
    const env = await open(t)
    const { server, dataDir } = await openSite(t, { env, profiles: [downloads] })
    const id = await server.create(await makeRamp(dataDir), 'downloads')
    const video = await server.settled(id)
    assert.equal(video.state, 'published', JSON.stringify(video.error))
    await requireFilm(video)
    await requireStoryboard(video, dataDir)
    // Fails where it finds a fault.
    await runProgram(['check', video.urls.hls ?? ''], { cwd: dataDir, env: {} })
    const film = video.urls.mp4['90p'] ?? ''
    await server.call('DELETE', `/${id}`)
    assert.equal((await fetch(film)).status, 404)
    if (name === 'fs') {
      await waitFor('an empty folder', async () => {
        return (await listFiles(join(dataDir, 'storage', 'videos'))).length === 0
      })
    }
  })
}
