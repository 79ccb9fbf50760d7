import assert from 'node:assert/strict'
import { copyFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig } from '#config/config.ts'
import type { JobPayload } from '#jobs/payload.ts'
import { openFile } from '#media/probe/opened-source.ts'
import { examinePrefix } from '#stages/probing/examine-prefix.ts'
import { probeFile } from '#stages/probing/probe.ts'
import { openFsStorage } from '#storage/fs/driver.ts'
import { serveObject } from '#storage/serve-object.ts'
import { makeClip } from '../../../test/support/clip.ts'
import { makeFolder } from '../../../test/support/files.ts'
import { isEarlyPlan } from '../planning/plan.ts'
import { planEarly, readSource } from '../planning/plan-early.ts'
import { planJobs } from '../planning/plan-jobs.ts'
import { planVersion } from '../planning/plan-version.ts'
import type { ChunkProfile } from '../planning/profile.ts'
import { whyNotContinued } from '../planning/why-not-continued.ts'
import type { SourceLocation, WorkContext } from './work.ts'
import { works } from './works.ts'

const tiny: ChunkProfile = {
  name: 'tiny',
  gopSeconds: 0.5,
  segmentSeconds: 1,
  chunkSecondsMax: 3,
  video: [
    { height: 90, crf: 30, maxrateKbps: 300, preset: 'ultrafast' },
    { height: 50, crf: 30, maxrateKbps: 100, preset: 'ultrafast' },
  ],
  audio: {},
}
const fleet = { own: 1, slots: 1, stock: 0 }
const limits = readConfig({})

/** All that a list of jobs hands in, by "track/part". */
async function doJobs(
  payloads: readonly JobPayload[],
  source: SourceLocation,
  scratch: string,
): Promise<Map<string, Buffer>> {
  const made = new Map<string, Buffer>()
  for (const payload of payloads) {
    const context = {
      source,
      scratch,
      signal: new AbortController().signal,
      threads: 1,
      niceness: 0,
      programs: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' },
      handIn: {
        init: async (track, bytes) => void made.set(`${track}/init`, bytes),
        segment: async (track, number, bytes) => void made.set(`${track}/${number}`, bytes),
      },
      report: () => undefined,
    } satisfies Omit<WorkContext, 'payload'>
    if (payload.type === 'vod-chunk-encoding') await works[payload.type]({ ...context, payload })
    else await works[payload.type]({ ...context, payload })
  }
  return made
}

interface Cut {
  readonly clip: string
  readonly share: number
  readonly normalizeLoudness?: boolean
  /** How a runner reads the part that is there. */
  readonly locate?: (path: string) => Promise<SourceLocation>
}

/** Makes what can be made of a part of a clip, and the same of all of it; how many parts both have. */
async function compare(t: TestContext, cut: Cut): Promise<string[]> {
  const { clip, share, locate, normalizeLoudness = false } = cut
  const profile = { ...tiny, audio: { normalizeLoudness } }
  const folder = await makeFolder(t)
  const arrivedBytes = Math.floor((await stat(clip)).size * share)
  const part = join(folder, 'part')
  await copyFile(clip, part)
  await truncate(part, arrivedBytes)
  const found = await examinePrefix({ source: await openFile(part), limits, scratch: folder })
  assert.ok(found, 'something is promised')
  const early = planEarly({ ...found, arrivedBytes }, profile, fleet, null)
  assert.ok(early, 'something is ordered')
  const read = found.copyPath ?? part
  const location = await (locate?.(read) ?? ({ kind: 'file', path: read } as const))
  const payloads = early.jobs.map(({ payload }) => payload)
  const made = await doJobs(payloads, location, folder)

  const scratch = await makeFolder(t)
  const { media, readablePath } = await probeFile({ path: clip, scratch, limits })
  const plan = planVersion(media, profile, fleet, early.plan.chunks)
  assert.ok(isEarlyPlan(early.plan))
  assert.equal(whyNotContinued(early.plan, plan, readSource(media)), null)
  const all = planJobs(plan, media).map(({ payload }) => payload)
  const whole = await doJobs(all, { kind: 'file', path: readablePath ?? clip }, folder)
  for (const [name, bytes] of made) {
    assert.ok(whole.get(name)?.equals(bytes), `${name} is that of the whole file`)
  }
  return [...made.keys()]
}

/** A tone that never stays the same, so that the encoder has something to decide. */
const lively = [
  '-af',
  'vibrato=f=7:d=0.9,tremolo=f=3:d=0.8,acrusher=bits=6:mix=0.3',
  '-ar',
  '44100',
]

test('What is made of a part of an MP4 is to the byte what is made of the whole, pictures and sound', async (t) => {
  const folder = await makeFolder(t)
  const output = ['-movflags', '+faststart', '-bf', '3', ...lively]
  const clip = await makeClip({ folder, seconds: 10, frameRate: '30000/1001', output })
  const made = await compare(t, { clip, share: 0.6 })
  for (const name of ['90p/init', '90p/4', '50p/4', 'audio-0/2']) assert.ok(made.includes(name))
  assert.ok(!made.includes('90p/9'))
})

test('So it is of Matroska, also where the loudness is levelled', async (t) => {
  const folder = await makeFolder(t)
  const clip = await makeClip({
    folder,
    name: 'clip.mkv',
    seconds: 12,
    output: ['-bf', '2', ...lively],
  })
  const made = await compare(t, { clip, share: 0.8, normalizeLoudness: true })
  for (const name of ['90p/3', '50p/3', 'audio-0/1']) assert.ok(made.includes(name))
})

test('So it is of a transport stream, which is read from copies', async (t) => {
  const folder = await makeFolder(t)
  const clip = await makeClip({ folder, name: 'clip.ts', seconds: 10, output: ['-bf', '2'] })
  const made = await compare(t, { clip, share: 0.7 })
  for (const name of ['90p/3', '50p/3', 'audio-0/2']) assert.ok(made.includes(name))
})

test('So it is where a runner reads what has arrived over HTTP', async (t) => {
  const folder = await makeFolder(t)
  const output = ['-movflags', '+faststart']
  const clip = await makeClip({ folder, seconds: 8, output })
  const made = await compare(t, {
    clip,
    share: 0.7,
    locate: async (path) => {
      const storage = openFsStorage(await makeFolder(t))
      const info = await storage.putFile('part', `${path}`)
      await copyFile(storage.localPath('part') ?? '', path)
      const served = await serveObject(storage, info)
      t.after(() => served.close())
      return { kind: 'http', url: served.url }
    },
  })
  assert.ok(made.includes('90p/2') && made.includes('audio-0/1'))
})
