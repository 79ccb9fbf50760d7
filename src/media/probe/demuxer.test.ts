import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { spawnFfmpeg } from '../ffmpeg/run.ts'
import { detectDemuxer, identifyDemuxer, isKnownDemuxer } from './demuxer.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelmill-demuxer-'))
})
after(() => rm(folder, { recursive: true }))

const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=1']
const tone = ['-f', 'lavfi', '-i', 'sine=duration=1:sample_rate=48000']
const sources = [...picture, ...tone]
const both = ['-map', '0', '-map', '1']
const kinds: Record<string, readonly string[]> = {
  mov: [...both, '-c:v', 'libx264', '-f', 'mp4'],
  matroska: [...both, '-c:v', 'libx264', '-c:a', 'libopus', '-f', 'webm', '-c:v', 'libvpx'],
  mpegts: [...both, '-c:v', 'libx264', '-f', 'mpegts'],
  avi: [...both, '-c:v', 'mpeg4', '-c:a', 'mp3', '-f', 'avi'],
  flv: [...both, '-c:v', 'libx264', '-f', 'flv', '-ar', '44100'],
  ogg: ['-map', '1', '-c:a', 'libvorbis', '-f', 'ogg'],
  asf: [...both, '-c:v', 'wmv2', '-c:a', 'wmav2', '-f', 'asf'],
  mpeg: [...both, '-c:v', 'mpeg2video', '-c:a', 'mp2', '-f', 'mpeg'],
  dv: ['-map', '0', '-c:v', 'dvvideo', '-s', '720x576', '-pix_fmt', 'yuv420p', '-f', 'rawvideo'],
  mxf: ['-map', '0', '-c:v', 'mpeg2video', '-f', 'mxf'],
  h264: ['-map', '0', '-c:v', 'libx264', '-f', 'h264'],
  hevc: ['-map', '0', '-c:v', 'libx265', '-f', 'hevc', '-x265-params', 'log-level=none'],
  gif: ['-map', '0', '-f', 'gif'],
  yuv4mpegpipe: ['-map', '0', '-f', 'yuv4mpegpipe', '-pix_fmt', 'yuv420p'],
  mp3: ['-map', '1', '-c:a', 'mp3', '-f', 'mp3'],
  aac: ['-map', '1', '-c:a', 'aac', '-f', 'adts'],
  flac: ['-map', '1', '-c:a', 'flac', '-f', 'flac'],
  wav: ['-map', '1', '-f', 'wav'],
  ac3: ['-map', '1', '-c:a', 'ac3', '-f', 'ac3'],
  eac3: ['-map', '1', '-c:a', 'eac3', '-f', 'eac3'],
}

test('every format that ffmpeg writes here is known by its bytes', async () => {
  const outputs = Object.entries(kinds).flatMap(([kind, args]) => [
    ...args,
    '-y',
    join(folder, kind),
  ])
  const outcome = await spawnFfmpeg([...sources, ...outputs]).done
  assert.equal(outcome.ok, true, outcome.stderrTail.join('\n'))
  for (const kind of Object.keys(kinds)) {
    assert.equal(await identifyDemuxer(join(folder, kind)), kind)
    assert.ok(isKnownDemuxer(kind), kind)
  }
})

test('no demuxer that opens other files, or draws text as pictures, is known', () => {
  for (const name of ['tty', 'concat', 'hls', 'dash', 'sdp', 'lavfi', 'image2', 'rawvideo', '']) {
    assert.ok(!isKnownDemuxer(name), name)
  }
})

test('an MP3 without a tag and a transport stream cut inside a packet are known', async () => {
  const args = ['-map', '1', '-c:a', 'mp3', '-f', 'mp3', '-id3v2_version', '0', '-write_xing', '0']
  const path = join(folder, 'bare')
  assert.equal((await spawnFfmpeg([...sources, ...args, path]).done).ok, true)
  assert.equal(await identifyDemuxer(path), 'mp3')
  const stream = Buffer.alloc(188 * 8 + 77, 0xff)
  for (let packet = 0; packet < 8; packet++) stream[77 + packet * 188] = 0x47
  assert.equal(detectDemuxer(stream), 'mpegts')
})

const refused: [string, string | Buffer, RegExp][] = [
  ['a playlist named like a film', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', /playlist/],
  ['a text with two letters G', `${'x'.repeat(500)}G${'x'.repeat(187)}Gx`, /text/],
  ['an MPD', '<?xml version="1.0"?><MPD/>', /playlist/],
  ['a session description', 'v=0\no=- 0 0 IN IP4 127.0.0.1\n', /playlist/],
  ['a list for concat', 'ffconcat version 1.0\nfile /etc/passwd\n', /playlist/],
  ['text', 'this is a fake video', /text/],
  ['a still picture', Buffer.from('ffd8ffe000104a464946', 'hex'), /JPEG picture/],
  ['noise', Buffer.from('00ff13374242aa55', 'hex'), /no video or audio format/],
]

for (const [name, bytes, sentence] of refused) {
  test(`${name} is refused before ffmpeg sees it (U138)`, async () => {
    const path = join(folder, 'refused.mp4')
    await writeFile(path, bytes)
    await assert.rejects(identifyDemuxer(path), { code: 'source_unreadable', message: sentence })
  })
}

test('an empty and a missing file are refused for what they are (U22)', async () => {
  await writeFile(join(folder, 'empty'), '')
  await assert.rejects(identifyDemuxer(join(folder, 'empty')), { code: 'source_empty' })
  await assert.rejects(identifyDemuxer(join(folder, 'nothing')), { code: 'source_not_found' })
})
