import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { execa } from 'execa'
import { readConfig } from '#config/config.ts'
import type { JobPayload } from '#jobs/payload.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import { probeFile } from '#stages/probing/probe.ts'
import { runFfmpeg } from '../../../test/support/ffmpeg.ts'
import { planJobs } from '../planning/plan-jobs.ts'
import { planVersion } from '../planning/plan-version.ts'
import type { ChunkProfile } from '../planning/profile.ts'
import { inspectOrdered } from './inspect-ordered.ts'
import { works } from './works.ts'

/** Segments longer than the clips: what changes does so in the middle of a chunk. */
const profile: ChunkProfile = {
  name: 'one chunk',
  gopSeconds: 1,
  segmentSeconds: 10,
  video: [{ height: 90, crf: 20, maxrateKbps: 300, preset: 'ultrafast' }],
  audio: {},
}

const folder = await mkdtemp(join(tmpdir(), 'reelmill-changing-'))
after(() => rm(folder, { recursive: true, force: true }))

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
/** A beep at the beginning of each second, and silence. */
const beeps = 'aevalsrc=sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.1):sample_rate=48000:duration=3'

/** One file after the other, as transport streams and bare streams of sound allow. */
async function concatenate(name: string, parts: readonly (readonly string[])[]): Promise<string> {
  const path = join(folder, name)
  for (const [index, args] of parts.entries()) {
    const part = join(folder, `${index}-${name}`)
    await runFfmpeg([...args, part])
    await (index === 0 ? writeFile : appendFile)(path, await readFile(part))
  }
  return path
}

/** Does the first job of a type; the whole track as a file, each segment held against the order. */
async function encode(source: string, type: JobPayload['type']): Promise<string> {
  const scratch = await mkdtemp(join(folder, 'scratch-'))
  const { media, readablePath } = await probeFile({ path: source, scratch, limits: readConfig({}) })
  const plan = planVersion(media, profile, { own: 1, slots: 1, stock: 0 })
  const payload = planJobs(plan, media).find((job) => job.payload.type === type)?.payload
  assert.ok(payload)
  const path = join(scratch, 'track.mp4')
  const segments = new Map<number, Buffer>()
  let init: Buffer = Buffer.alloc(0)
  const context = {
    source: { kind: 'file' as const, path: readablePath ?? source },
    scratch,
    signal: new AbortController().signal,
    threads: 1,
    niceness: 0,
    programs: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' },
    report: () => undefined,
    handIn: {
      init: async (_: string, bytes: Buffer) => void (init = bytes),
      segment: async (track: string, number: number, bytes: Buffer) => {
        inspectOrdered(payload, { track, number, bytes, init: parseInit(init) })
        segments.set(number, bytes)
      },
    },
  }
  await (payload.type === 'vod-chunk-encoding'
    ? works[payload.type]({ ...context, payload })
    : works[payload.type]({ ...context, payload }))
  await writeFile(path, Buffer.concat([init, ...segments.values()]))
  return path
}

/** The lines of a filter that prints what it sees. */
async function watch(path: string, option: '-vf' | '-af', filter: string): Promise<string> {
  const output = [option, filter, '-f', 'null', '-']
  const { stderr } = await execa('ffmpeg', ['-hide_banner', '-nostdin', '-i', path, ...output])
  return stderr
}

test('pictures that change their size and format stay at their places', async () => {
  const part = (color: string, size: string, format: string, at: string) => [
    ...['-f', 'lavfi', '-i', `color=${color}:size=${size}:rate=25:duration=1`, ...x264],
    ...['-pix_fmt', format, '-bf', '0', '-muxdelay', '0', '-output_ts_offset', at],
  ]
  const source = await concatenate('size.ts', [
    part('black', '160x90', 'yuv420p', '0'),
    part('white', '320x180', 'yuv422p', '1'),
  ])
  const path = await encode(source, 'vod-chunk-encoding')
  const lines = await watch(path, '-vf', 'blackdetect=d=0.1:pix_th=0.5,showinfo')
  assert.match(lines, /black_start:0 black_end:1 /)
  assert.equal(lines.match(/ n: *\d+ pts:/g)?.length, 50)
})

/** Fails where there is no beep at one of these times, a frame of 25 a second off at most. */
async function requireBeeps(path: string, expected: readonly number[]): Promise<void> {
  const lines = await watch(path, '-af', 'silencedetect=noise=0.05:duration=0.2')
  const ends = [...lines.matchAll(/silence_end: ([\d.]+)/g)].map(([, seconds]) => Number(seconds))
  const heard = ends.filter((seconds) => seconds < (expected.at(-1) ?? 0) + 0.5)
  assert.equal(heard.length, expected.length, heard.join())
  for (const [index, seconds] of expected.entries()) {
    assert.ok(Math.abs((heard[index] ?? 0) - seconds) <= 0.04, heard.join())
  }
}

test('sound whose channels and rate change in the middle stays at its place', async () => {
  const part = (channels: string, rate: string) => [
    ...['-f', 'lavfi', '-i', beeps, '-c:a', 'ac3', '-ac', channels, '-ar', rate],
  ]
  const source = await concatenate('layout.ac3', [part('2', '48000'), part('6', '44100')])
  await requireBeeps(await encode(source, 'vod-audio-encoding'), [1, 2, 3, 4, 5])
})

test('sound of which packets are lost is not early for the rest', async () => {
  const source = join(folder, 'lost.mkv')
  const lost = ['-af', 'aselect=not(between(t\\,0.3\\,0.38))']
  await runFfmpeg(['-f', 'lavfi', '-i', beeps, ...lost, '-c:a', 'pcm_s16le', source])
  await requireBeeps(await encode(source, 'vod-audio-encoding'), [1, 2])
})
