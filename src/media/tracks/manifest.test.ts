import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { buildSegment } from '../boxes/build-segment.ts'
import {
  encodePictures,
  encodeSound,
  frameTicks,
  gopFrames,
  hashPictures,
  run,
  timescale,
} from '../boxes/clip.test-support.ts'
import { inspectSegment } from '../boxes/inspect-segment.ts'
import { parseFragment } from '../boxes/parse-fragment.ts'
import { parseInit } from '../boxes/parse-init.ts'
import { rewriteFragment } from '../boxes/rewrite-fragment.ts'
import { writeInit } from '../boxes/write-init.ts'
import { writeSegment } from '../boxes/write-segment.ts'
import { writeIframePlaylist } from './iframe-playlist.ts'
import { writeManifest } from './manifest.ts'
import { writeMasterPlaylist } from './master-playlist.ts'
import { writeMediaPlaylist } from './media-playlist.ts'
import { foldTimeline } from './segment-timeline.ts'
import type { AudioTrack, Track, VideoTrack } from './track.ts'

const frames = 25

/** Makes a folder as publishing does: two segments of pictures, two of sound. */
suite('a published folder', () => {
  let folder = ''
  let tracks: Track[] = []
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reelmill-tracks-'))
    tracks = [await makePictures(folder), await makeSound(folder)]
    for (const track of tracks) {
      const playlist = writeMediaPlaylist(track, { ended: true, targetDurationSeconds: 1 })
      await writeFile(join(folder, track.name, 'index.m3u8'), playlist)
      if (track.kind !== 'video') continue
      await writeFile(join(folder, track.name, 'iframes.m3u8'), writeIframePlaylist(track))
    }
    await writeFile(join(folder, 'master.m3u8'), writeMasterPlaylist(tracks))
    await writeFile(join(folder, 'manifest.mpd'), writeManifest(tracks))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  for (const name of ['master.m3u8', 'manifest.mpd']) {
    test(`is read by ffmpeg from its ${name}, every frame of it and sound with picture (U52)`, async () => {
      const video = await probeStream(join(folder, name), 'v')
      const audio = await probeStream(join(folder, name), 'a')
      assert.equal(video.packets, frames)
      assert.equal(audio.packets, 48)
      // The priming is before 0, where nobody hears it.
      assert.equal(video.start, 0)
      assert.equal(audio.start, -0.021333)
    })
  }

  test('has key frames at the byte ranges of its I-frame playlist', async () => {
    const [video] = tracks
    assert.equal(video?.kind, 'video')
    const init = await readFile(join(folder, 'video', 'init.mp4'))
    for (const { number, keyframes } of video?.segments ?? []) {
      const segment = await readFile(join(folder, 'video', `${number}.m4s`))
      for (const { offset, bytes } of keyframes) {
        const range = segment.subarray(offset, offset + bytes)
        const [picture, another] = await hashPictures(Buffer.concat([init, range]))
        assert.match(picture ?? '', /^[0-9a-f]{32}$/)
        assert.equal(another, undefined)
      }
    }
  })
})

suite('writeManifest', () => {
  test('folds equal neighbours of the timeline', () => {
    const segments = [6, 6, 6, 5, 6].map((durationTicks, number) => ({
      number,
      durationTicks,
      bytes: 1,
      keyframes: [],
    }))
    assert.deepEqual(foldTimeline(segments), [
      { t: 0, d: 6, r: 2 },
      { t: 18, d: 5, r: 0 },
      { t: 23, d: 6, r: 0 },
    ])
  })

  test('escapes titles, and leaves out what XML cannot hold (U115)', () => {
    const title = '"/><script>&\u0000\u000b'
    const manifest = writeManifest([{ ...soundFacts, title, name: 'audio-0', segments: [] }])
    assert.match(manifest, /<Label>"\/&gt;&lt;script&gt;&amp;<\/Label>/)
  })
})

const soundFacts = {
  kind: 'audio',
  codecs: 'mp4a.40.2',
  timescale: 48_000,
  initBytes: 600,
  channels: 1,
  sampleRate: 48_000,
  language: 'en',
  title: null,
  isDefault: true,
} as const

async function makePictures(folder: string): Promise<VideoTrack> {
  const name = 'video'
  await mkdir(join(folder, name))
  const leadTicks = 2 * frameTicks
  const { init, fragments } = await encodePictures('h264', { frames })
  const initBytes = writeInit(init, { leadTicks })
  const parsed = parseInit(initBytes)
  assert.equal(parsed.kind, 'video')
  await writeFile(join(folder, name, 'init.mp4'), initBytes)
  const gops = fragments.map((fragment, gop) =>
    rewriteFragment(fragment, {
      sequenceNumber: gop + 1,
      baseDecodeTime: gop * gopFrames * frameTicks,
      leadTicks,
    }),
  )
  const segments = []
  for (const [number, part] of [gops.slice(0, 2), gops.slice(2)].entries()) {
    const bytes = writeSegment(part.flat())
    await writeFile(join(folder, name, `${number}.m4s`), bytes)
    const { keyframes, durationTicks } = inspectSegment(bytes, {
      init: parsed,
      baseDecodeTime: number * 20 * frameTicks,
      samples: number === 0 ? 20 : 5,
      frameTicks,
      gopFrames,
      maxBytes: 1e7,
    })
    segments.push({ number, durationTicks, bytes: bytes.length, keyframes })
  }
  const facts = { codecs: parsed.codecs, timescale, initBytes: initBytes.length }
  const picture = { width: 160, height: 90, frameRate: [25, 1] } as const
  return { kind: 'video', name, ...facts, ...picture, segments }
}

async function makeSound(folder: string): Promise<AudioTrack> {
  const name = 'audio-0'
  await mkdir(join(folder, name))
  const { init, fragments } = await encodeSound(1)
  await writeFile(join(folder, name, 'init.mp4'), writeInit(init, { leadTicks: 1024 }))
  const { trackDefaults, trackId } = parseInit(init)
  const frames = fragments.flatMap((fragment) =>
    parseFragment(fragment, trackDefaults).samples.map(({ durationTicks, offset, bytes }) => ({
      durationTicks,
      data: fragment.subarray(offset, offset + bytes),
    })),
  )
  const segments = []
  for (const [number, samples] of [frames.slice(0, 38), frames.slice(38)].entries()) {
    const baseDecodeTime = number * 38 * 1024
    const bytes = buildSegment({ trackId, sequenceNumber: number + 1, baseDecodeTime, samples })
    await writeFile(join(folder, name, `${number}.m4s`), bytes)
    const decoded = samples.reduce((sum, sample) => sum + sample.durationTicks, 0)
    const durationTicks = number === 0 ? decoded - 1024 : decoded
    segments.push({ number, durationTicks, bytes: bytes.length, keyframes: [] })
  }
  return { ...soundFacts, name, segments }
}

/** One kind of stream at a time: ffmpeg's reader of DASH ends them all where the first one ends. */
async function probeStream(
  path: string,
  kind: 'v' | 'a',
): Promise<{ packets: number; start: number }> {
  const args = ['-v', 'error', '-select_streams', kind, '-show_entries', 'packet=pts_time']
  const output = await run('ffprobe', [...args, '-of', 'csv=p=0', path])
  const times = output.toString().trim().split('\n').map(Number.parseFloat)
  return { packets: times.length, start: Math.min(...times) }
}
