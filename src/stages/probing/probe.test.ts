import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { spawnFfmpeg } from '#media/ffmpeg/run.ts'
import { grabPicture } from '#media/probe/grab-picture.ts'
import type { SourceLimits } from '#media/probe/limits.ts'
import { toNumber } from '#media/rational.ts'
import { probeFile } from './probe.ts'

let folder = ''
let scratch = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelmill-probing-'))
})
beforeEach(async () => {
  scratch = await mkdtemp(join(folder, 'scratch-'))
})
after(() => rm(folder, { recursive: true }))

const limits: SourceLimits = {
  sourceMaxBytes: 1e8,
  sourceMaxPixels: 4e6,
  sourceMaxSeconds: 3600,
  sourceMaxFrames: 1e5,
  sourceMaxStreams: 16,
  sourceMaxFps: 300,
}
const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=2']
const tone = ['-f', 'lavfi', '-i', 'sine=duration=2:sample_rate=48000']
const both = [...picture, ...tone, '-map', '0', '-map', '1']
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-bf', '2']

async function make(name: string, ...args: readonly string[]): Promise<string> {
  const path = join(folder, name)
  const outcome = await spawnFfmpeg([...args, '-y', path]).done
  assert.equal(outcome.ok, true, outcome.stderrTail.join('\n'))
  return path
}

const probe = (path: string, changes: Partial<SourceLimits> = {}) =>
  probeFile({ path, scratch, limits: { ...limits, ...changes } })

test('a usual film is read in place, by seeking (U20)', async () => {
  const { media, readablePath } = await probe(await make('a.mp4', ...both, ...x264))
  assert.equal(readablePath, null)
  assert.deepEqual([media.demuxer, media.access, media.originSeconds], ['mov', 'seek', 0])
  assert.deepEqual([media.video?.packets, media.video?.keyframes], [50, 2])
  assert.deepEqual(media.video?.frameRate, [25, 1])
  assert.equal(media.video && media.video.endPts * toNumber(media.video.timeBase), 2)
  assert.equal(media.audio.length, 1)
})

for (const [name, ...args] of [
  ['ts', ...both, ...x264, '-f', 'mpegts'],
  ['avi', ...both, '-c:v', 'mpeg4', '-c:a', 'mp3', '-f', 'avi'],
  ['flv', ...both, ...x264, '-ar', '44100', '-f', 'flv'],
  ['mpg', ...both, '-c:v', 'mpeg2video', '-c:a', 'mp2', '-f', 'mpeg'],
] as const) {
  test(`${name} gets a copy with an index, every picture in it (U20)`, async () => {
    const { media, readablePath } = await probe(await make(`b.${name}`, ...args))
    assert.deepEqual([media.demuxer, media.access], ['matroska', 'seek'])
    assert.ok((await stat(readablePath ?? '')).size > 0)
    assert.equal(media.video?.packets, 50)
    assert.deepEqual(media.video?.frameRate, [25, 1])
    assert.ok(Math.abs(media.durationSeconds - 2) < 0.15, `${media.durationSeconds}`)
  })
}

test('sound alone has no video, with cover art or without (U20)', async () => {
  const still = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=0.04']
  const art = ['-map', '0', '-map', '1', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p']
  const attached = ['-disposition:v:0', 'attached_pic', '-c:a', 'mp3', '-f', 'mp3']
  const covered = await make('c.mp3', ...still, ...tone, ...art, ...attached)
  for (const path of [covered, await make('d.m4a', ...tone, '-c:a', 'aac')]) {
    const { media, readablePath } = await probe(path)
    assert.deepEqual([media.video, readablePath, media.audio.length], [null, null, 1])
    assert.ok(Math.abs(media.durationSeconds - 2) < 0.1, `${media.durationSeconds}`)
  }
})

test('a film in motion JPEG is a video (WD27)', async () => {
  const { media } = await probe(await make('e.avi', ...picture, '-c:v', 'mjpeg', '-f', 'avi'))
  assert.deepEqual([media.video?.codec, media.video?.packets], ['mjpeg', 50])
})

test('a turned phone clip keeps its turn, in a copy too (U20)', async () => {
  const flat = await make('f.mp4', ...picture, ...x264, '-pix_fmt', 'yuv420p')
  const turned = ['-display_rotation:v', '90', '-i', flat, '-c', 'copy']
  const outcome = await spawnFfmpeg([...turned, '-y', join(folder, 'g.mp4')]).done
  const old = ['-i', flat, '-c', 'copy', '-metadata:s:v', 'rotate=90']
  const path = outcome.ok ? join(folder, 'g.mp4') : await make('g.mp4', ...old)
  const { media } = await probe(path)
  assert.deepEqual([media.video?.width, media.video?.height], [90, 160])
})

test('what was trimmed away stays away: no copy is made of what an edit list hides', async () => {
  const whole = await make('r.mp4', ...both, ...x264, '-g', '50')
  const short = await make('t.mp4', ...both, ...x264, '-g', '12')
  const seekable = await probe(await make('u.mp4', '-ss', '0.7', '-i', short, '-c', 'copy'))
  assert.deepEqual([seekable.media.access, seekable.readablePath], ['seek', null])
  assert.ok(Math.abs((seekable.media.video?.seekableFromSeconds ?? 0) - 0.24) < 0.001)
  // Begins in the middle of its only group of pictures, so no seek into that lands before it.
  const trimmed = await make('s.mp4', '-ss', '1.2', '-i', whole, '-c', 'copy')
  const { media, readablePath } = await probe(trimmed)
  assert.deepEqual([media.demuxer, media.access, readablePath], ['mov', 'sequential', null])
  assert.ok(Math.abs(media.durationSeconds - 0.8) < 0.1, `${media.durationSeconds}`)
  assert.ok(media.video && media.video.packets <= 22, `${media.video?.packets}`)
})

test('a file that breaks off gives what it has', async () => {
  const tail = ['-f', 'mp4', '-movflags', 'faststart']
  const path = await make('h.mp4', ...picture, ...x264, '-bf', '0', ...tail)
  await truncate(path, Math.round((await stat(path)).size * 0.6))
  const { media } = await probe(path)
  assert.ok(media.video && media.video.packets > 5 && media.video.packets < 50)
})

test('a film behind a film in one file, as a recorder that was stopped leaves it, is remarked on', async () => {
  const first = await readFile(await make('t.mkv', ...both, ...x264))
  await writeFile(join(folder, 'u.mkv'), Buffer.concat([first, first]))
  const { media } = await probe(join(folder, 'u.mkv'))
  assert.match(media.remarks.join(), /begin again in the middle/)
})

test('a film whose times jump by hours does not become hours (U138)', async () => {
  const jump = ['-vf', "setpts='PTS+if(gte(N,25),60000/TB,0)'", '-vsync', 'passthrough']
  const path = await make('i.mkv', ...picture, ...jump, ...x264)
  await assert.rejects(probe(path), { code: 'source_damaged', message: /60002 seconds/ })
})

test('damage is told in words for the owner, with the last lines of ffmpeg (U138)', async () => {
  const noise = Buffer.concat([Buffer.from('00000018667479706d703432', 'hex'), Buffer.alloc(500)])
  await writeFile(join(folder, 'j.mp4'), noise)
  await assert.rejects(
    probe(join(folder, 'j.mp4')),
    (error: { details?: { ffmpeg?: string[] } }) => {
      assert.ok((error.details?.ffmpeg?.length ?? 0) > 0)
      return true
    },
  )
  await writeFile(join(folder, 'k.mp4'), '#EXTM3U\n#EXTINF:9,\nfile:///etc/hosts.ts\n')
  await assert.rejects(probe(join(folder, 'k.mp4')), { code: 'source_unreadable' })
})

test('limits are held against header and packets, each with its own reason (U22)', async () => {
  const path = await make('l.mp4', ...both, ...x264)
  const refusals: [Partial<SourceLimits>, string][] = [
    [{ sourceMaxBytes: 100 }, 'source_too_many_bytes'],
    [{ sourceMaxPixels: 100 }, 'source_too_large'],
    [{ sourceMaxSeconds: 1 }, 'source_too_long'],
    [{ sourceMaxFrames: 49 }, 'source_too_many_frames'],
    [{ sourceMaxStreams: 1 }, 'source_too_many_streams'],
    [{ sourceMaxFps: 24 }, 'source_too_many_frames'],
  ]
  for (const [changes, code] of refusals) await assert.rejects(probe(path, changes), { code })
})

test('pictures without times or real key frames are read from the start (U20)', async () => {
  const bare = await make('p.h264', ...picture, ...x264, '-f', 'h264')
  for (const path of [bare, await make('q.gif', ...picture)]) {
    const { media } = await probe(path)
    assert.equal(media.access, 'sequential')
    assert.equal(media.video?.packets, 50)
    assert.ok(Math.abs(media.durationSeconds - 2) < 0.05, `${media.durationSeconds}`)
  }
})

test('probing stops when it is told to', async () => {
  const path = await make('m.mp4', ...both, ...x264)
  const signal = AbortSignal.abort()
  await assert.rejects(probeFile({ path, scratch, limits, signal }), { code: 'cancelled' })
})

test('a picture is taken at a time, turned and square, and the first one past the end', async () => {
  const path = await make('n.mp4', ...picture, ...x264, '-vf', 'setsar=2')
  const { media } = await probe(path)
  assert.ok(media.video)
  const source = { kind: 'file', path } as const
  const request = { source, demuxer: media.demuxer, video: media.video }
  for (const atSeconds of [0, 1, 99]) {
    const jpeg = await grabPicture({ ...request, atSeconds })
    await writeFile(join(folder, 'n.jpg'), jpeg)
    assert.deepEqual(readJpegSize(await readFile(join(folder, 'n.jpg'))), [320, 90])
  }
})

/** Width and height from the frame header (ITU-T T.81, B.2.2). */
function readJpegSize(jpeg: Buffer): [number, number] {
  const start = jpeg.indexOf(Buffer.from('ffc0', 'hex'))
  return [jpeg.readUInt16BE(start + 7), jpeg.readUInt16BE(start + 5)]
}
