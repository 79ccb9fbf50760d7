import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { JobPayload } from '#jobs/payload.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import { probeFile } from '#stages/probing/probe.ts'
import { makeClip } from '../../../test/support/clip.ts'
import { planJobs } from '../planning/plan-jobs.ts'
import { planVersion } from '../planning/plan-version.ts'
import type { ChunkProfile } from '../planning/profile.ts'
import { inspectOrdered } from './inspect-ordered.ts'
import type { WorkContext, WorkResult } from './work.ts'
import { works } from './works.ts'

const profile: ChunkProfile = {
  name: 'tiny',
  gopSeconds: 0.4,
  segmentSeconds: 0.8,
  video: [
    { height: 90, crf: 30, maxrateKbps: 300, preset: 'ultrafast' },
    { height: 50, crf: 30, maxrateKbps: 100, preset: 'ultrafast' },
  ],
  audio: {},
}

const folder = await mkdtemp(join(tmpdir(), 'reelmill-encode-'))
const source = await makeClip({ folder, seconds: 3 })
test.after(() => rm(folder, { recursive: true, force: true }))

const limits = {
  sourceMaxBytes: 1e9,
  sourceMaxPixels: 1e8,
  sourceMaxSeconds: 1e4,
  sourceMaxFrames: 1e6,
  sourceMaxStreams: 64,
  sourceMaxFps: 1000,
}

async function planClip() {
  const { media } = await probeFile({ path: source, scratch: folder, limits })
  const plan = planVersion(media, profile, { own: 1, slots: 1, stock: 0 })
  return { plan, jobs: planJobs(plan, media) }
}

interface Done {
  readonly result: WorkResult
  readonly inits: Map<string, Buffer>
  readonly segments: { track: string; number: number; bytes: Buffer }[]
}

async function doJob(payload: JobPayload, changes: Partial<WorkContext> = {}): Promise<Done> {
  const inits = new Map<string, Buffer>()
  const segments: Done['segments'] = []
  const context = {
    payload,
    source: { kind: 'file', path: source },
    scratch: folder,
    signal: new AbortController().signal,
    threads: 1,
    niceness: 0,
    programs: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' },
    handIn: {
      init: async (track, bytes) => void inits.set(track, bytes),
      segment: async (track, number, bytes) => void segments.push({ track, number, bytes }),
    },
    report: () => undefined,
    ...changes,
  } satisfies WorkContext
  const result =
    payload.type === 'vod-chunk-encoding'
      ? await works[payload.type]({ ...context, payload })
      : await works[payload.type]({ ...context, payload })
  return { result, inits, segments }
}

test('every segment of every job passes the check that the server makes of it', async () => {
  const { plan, jobs } = await planClip()
  const frames = new Map<string, number>()
  for (const { payload } of jobs) {
    const { inits, segments } = await doJob(payload)
    for (const { track, number, bytes } of segments) {
      const init = parseInit(inits.get(track) ?? Buffer.alloc(0))
      const { samples } = inspectOrdered(payload, { track, number, bytes, init })
      frames.set(track, (frames.get(track) ?? 0) + samples)
    }
  }
  assert.deepEqual(
    plan.video.map(({ name }) => frames.get(name)),
    [75, 75],
  )
})

test('the inits of a rendition are equal to the byte in every chunk', async () => {
  const { jobs } = await planClip()
  const chunks = jobs.filter(({ type }) => type === 'vod-chunk-encoding')
  assert.ok(chunks.length >= 3)
  const seen = new Map<string, Buffer>()
  for (const { payload } of chunks) {
    for (const [track, init] of (await doJob(payload)).inits) {
      assert.ok((seen.get(track) ?? init).equals(init), track)
      seen.set(track, init)
    }
  }
})

test('segments of sound end nearest to where those of the pictures do', async () => {
  const { jobs } = await planClip()
  const audio = jobs.find(({ type }) => type === 'vod-audio-encoding')
  assert.ok(audio)
  const { segments, inits, result } = await doJob(audio.payload)
  assert.equal(result.segments['audio-0'], segments.length)
  let heardTicks = 0
  for (const { track, number, bytes } of segments) {
    const init = parseInit(inits.get(track) ?? Buffer.alloc(0))
    heardTicks += inspectOrdered(audio.payload, { track, number, bytes, init }).durationTicks
    const isLast = number === segments.length - 1
    if (!isLast) assert.ok(Math.abs(heardTicks - (number + 1) * 0.8 * 48_000) <= 512)
  }
  assert.ok(Math.abs(heardTicks - 3 * 48_000) <= 1024, `${heardTicks}`)
})

test('a source that ends earlier than was counted fails as that, not as a short result', async () => {
  const { jobs } = await planClip()
  const { payload } = jobs.find(({ label }) => label === 'opening') ?? {}
  assert.ok(payload?.type === 'vod-chunk-encoding')
  const beyond = { ...payload, chunk: { firstFrame: 20, frames: 400, tailFrames: 0 } }
  const inits = new Map<string, Buffer>()
  let handedIn = 0
  const handIn: WorkContext['handIn'] = {
    init: async (track, bytes) => void inits.set(track, bytes),
    segment: async (track, number, bytes) => {
      const init = parseInit(inits.get(track) ?? Buffer.alloc(0))
      // Of one that is short the server would say that, and nothing of the source.
      inspectOrdered(beyond, { track, number, bytes, init })
      handedIn += 1
    },
  }
  await assert.rejects(doJob(beyond, { handIn }), { code: 'source_ends_early' })
  assert.ok(handedIn > 0)
})

test('a refused segment ends the work with the reason of the refusal', async () => {
  const { jobs } = await planClip()
  const payload = jobs[0]?.payload
  assert.ok(payload)
  const refusal = new Error('refused')
  const handIn = {
    init: async () => undefined,
    segment: () => Promise.reject(refusal),
  }
  await assert.rejects(doJob(payload, { handIn }))
})

test('a stopped job ends at once', async () => {
  const { jobs } = await planClip()
  const payload = jobs[0]?.payload
  assert.ok(payload)
  await assert.rejects(doJob(payload, { signal: AbortSignal.abort() }))
})

test('both kinds of work give way to other programs as much as the runner is told to', async () => {
  const { jobs } = await planClip()
  const ffmpeg = join(folder, 'telling-ffmpeg')
  await writeFile(ffmpeg, '#!/bin/sh\nnice >> "$0.told"\nexec ffmpeg "$@"\n', { mode: 0o755 })
  for (const type of ['vod-chunk-encoding', 'vod-audio-encoding']) {
    const payload = jobs.find((job) => job.type === type)?.payload
    assert.ok(payload)
    await doJob(payload, { niceness: 7, programs: { ffmpeg, ffprobe: 'ffprobe' } })
  }
  const own = getPriority()
  assert.equal(await readFile(`${ffmpeg}.told`, 'utf8'), `${own + 7}\n`.repeat(2))
})
