import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeClip } from '../../../test/support/clip.ts'
import { copyAsHlsFile, makeHlsFile } from '../../../test/support/single-file.ts'
import { checkOutput } from '../conformance/check-output.ts'
import type { ExpectedFile } from './check-result.ts'
import { type ExaminedHls, examineFile, examineHls } from './examine-result.ts'
import { type SingleFileTrack, writeSingleFileMaster } from './master.ts'
import { writeSingleFilePlaylist } from './write-playlist.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelmill-single-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const seconds = 6

function expect(resolution: number, changes: Partial<ExpectedFile> = {}): ExpectedFile {
  return {
    resolution,
    width: resolution === 0 ? null : Math.round((resolution * 16) / 9),
    height: resolution === 0 ? null : resolution,
    fps: resolution === 0 ? 0 : 25,
    hasVideo: resolution > 0,
    hasAudio: true,
    durationSeconds: seconds,
    ...changes,
  }
}

/** Stores what was examined as the server does; the track as the multivariant playlist names it. */
async function store(
  target: string,
  base: string,
  media: string,
  examined: ExaminedHls,
): Promise<SingleFileTrack> {
  const mediaName = `${base}-fragmented.mp4`
  await copyFile(media, join(target, mediaName))
  const { playlist, independent } = examined
  const text = writeSingleFilePlaylist(playlist, { mediaName, independent })
  await writeFile(join(target, `${base}.m3u8`), text)
  return { ...examined.track, playlistName: `${base}.m3u8` }
}

async function listErrors(target: string): Promise<string[]> {
  const { findings, tracks } = await checkOutput(target, { decode: true })
  assert.ok(tracks.length > 0)
  return (
    findings
      // Files of PeerTube's kind have no playlists of I-frames.
      .filter(({ severity, rule }) => severity === 'error' && rule !== '6.1')
      .map(({ rule, where, message, expected, found }) =>
        [rule, where, message, expected, found].join(' · '),
      )
  )
}

test("a runner's HLS files become an output that breaks no rule (D-65, D-66, D-67, WD20)", async () => {
  const target = await mkdtemp(join(folder, 'muxed-'))
  const tracks: SingleFileTrack[] = []
  for (const size of ['320x180', '160x90']) {
    const made = await makeHlsFile({ folder, size, seconds })
    const resolution = Number(size.split('x')[1])
    const examined = await examineHls(made, expect(resolution))
    tracks.push(await store(target, `clip-${resolution}`, made.media, examined))
  }
  const master = writeSingleFileMaster(tracks)
  await writeFile(join(target, 'master.m3u8'), master)
  assert.match(master, /^#EXT-X-VERSION:7$/m)
  assert.deepEqual(
    [...master.matchAll(/RESOLUTION=(\d+x\d+),FRAME-RATE=(\d+\.\d+)/g)].map((match) => match[1]),
    ['160x90', '320x180'],
  )
  assert.match(master, /CODECS="avc1\.64[0-9a-f]{4},mp4a\.40\.2"/i)
  assert.deepEqual(await listErrors(target), [])
})

test('pictures and sound apart become variants with an audio group (6.6)', async () => {
  const target = await mkdtemp(join(folder, 'split-'))
  const pictures = await makeHlsFile({ folder, size: '160x90', sound: false, seconds })
  const sound = await makeHlsFile({ folder, size: null, seconds })
  const tracks = [
    await store(
      target,
      'a-90',
      pictures.media,
      await examineHls(pictures, expect(90, { hasAudio: false })),
    ),
    await store(target, 'a-0', sound.media, await examineHls(sound, expect(0))),
  ]
  const master = writeSingleFileMaster(tracks, { language: 'en' })
  await writeFile(join(target, 'master.m3u8'), master)
  assert.match(master, /#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",LANGUAGE="en".*URI="a-0\.m3u8"/)
  assert.match(master, /CODECS="avc1\.[0-9a-f]+,mp4a\.40\.2".*AUDIO="audio"/i)
  assert.equal([...master.matchAll(/STREAM-INF/g)].length, 1)
  assert.deepEqual(await listErrors(target), [])
})

test('sound alone is a variant of its own, never with empty CODECS (D-44, WD20)', async () => {
  const target = await mkdtemp(join(folder, 'sound-'))
  const sound = await makeHlsFile({ folder, size: null, seconds })
  const track = await store(target, 'a-0', sound.media, await examineHls(sound, expect(0)))
  const master = writeSingleFileMaster([track])
  await writeFile(join(target, 'master.m3u8'), master)
  assert.match(master, /CODECS="mp4a\.40\.2"\na-0\.m3u8/)
  assert.deepEqual(await listErrors(target), [])
})

test('every range is hashed, the init section too, by inclusive offsets (6.6)', async () => {
  const made = await makeHlsFile({ folder, seconds })
  const { hashes, playlist } = await examineHls(made, expect(90))
  const bytes = await readFile(made.media)
  const ranges = [playlist.init, ...playlist.segments]
  assert.deepEqual(
    hashes,
    Object.fromEntries(
      ranges.map(({ offset, length }) => [
        `${offset}-${offset + length - 1}`,
        createHash('sha256')
          .update(bytes.subarray(offset, offset + length))
          .digest('hex'),
      ]),
    ),
  )
})

test('durations are measured: a playlist that lies about them does not lie on (security 3)', async () => {
  const made = await makeHlsFile({ folder, seconds })
  const text = await readFile(made.playlist, 'utf8')
  await writeFile(made.playlist, text.replace('#EXTINF:4.000000', '#EXTINF:400.000000'))
  const { playlist, targetDurationSeconds } = await examineHls(made, expect(90))
  assert.deepEqual(
    playlist.segments.map((segment) => segment.seconds),
    [4, 2],
  )
  assert.equal(targetDurationSeconds, 4)
})

test('a file that was cut off, or is other than ordered, is refused with the reason (D-104)', async () => {
  const made = await makeHlsFile({ folder, seconds })
  const refused = { code: 'result_refused' }
  await assert.rejects(examineHls(made, expect(180)), { ...refused, message: /90 pixels, not 180/ })
  const longer = expect(90, { durationSeconds: 60 })
  await assert.rejects(examineHls(made, longer), { ...refused, message: /lasts 6/ })
  await truncate(made.media, (await readFile(made.media)).length - 1)
  await assert.rejects(examineHls(made, expect(90)), refused)
})

test('rubbish in the place of a segment is refused, not a crash (security 3)', async () => {
  const made = await makeHlsFile({ folder, seconds })
  const bytes = await readFile(made.media)
  const moof = bytes.indexOf('moof')
  for (const [from, to] of [
    [moof + 4, moof + 60],
    [4, 8],
    [0, bytes.length],
  ] as const) {
    const broken = Buffer.from(bytes)
    broken.fill(0xff, from, to)
    await writeFile(made.media, broken)
    await assert.rejects(examineHls(made, expect(90)), { code: 'result_refused' })
  }
})

test('a run that claims thousands of millions of samples is not read (security 3)', async () => {
  const made = await makeHlsFile({ folder, seconds })
  const bytes = await readFile(made.media)
  bytes.writeUInt32BE(0xff_ff_ff_ff, bytes.indexOf('trun') + 8)
  await writeFile(made.media, bytes)
  await assert.rejects(examineHls(made, expect(90)), {
    code: 'result_refused',
    message: /claims 42949\d+ samples/,
  })
})

test('copies of open GOPs and of varying rates are taken for what they are (5.8)', async () => {
  const open = ['-x264-params', 'open-gop=1', '-g', '50', '-bf', '3']
  const openGop = await makeClip({ folder, seconds, output: open })
  const { independent } = await examineHls(await copyAsHlsFile(folder, openGop), expect(90))
  assert.equal(independent, false)
  const drop = ['-vf', "select='not(mod(n*n,7))+lt(mod(n,50),20)'", '-vsync', 'vfr']
  const varying = await makeClip({ folder, seconds, output: drop })
  const { track } = await examineHls(await copyAsHlsFile(folder, varying), expect(90))
  assert.equal(track.video?.fps, null)
  const text = writeSingleFileMaster([{ ...track, playlistName: 'a.m3u8' }])
  assert.ok(!text.includes('FRAME-RATE'))
})

test('a web video is told by what is in it (D-06, D-69)', async () => {
  const path = await makeClip({ folder, size: '320x180', seconds: 2 })
  const probed = await examineFile(path, expect(180, { durationSeconds: 2 }))
  assert.equal(probed.resolution, 180)
  assert.equal(probed.video?.fps, 25)
  assert.match(probed.video?.codecs ?? '', /^avc1\.6400/)
  assert.ok(Math.abs(probed.durationSeconds - 2) < 0.1)
})

test('a playlist or a text in the place of an MP4 is refused before ffmpeg sees it', async () => {
  const path = join(folder, 'not.mp4')
  for (const text of ['#EXTM3U\n#EXTINF:1,\n/etc/passwd\n', 'hello', '']) {
    await writeFile(path, text)
    await assert.rejects(examineFile(path, expect(90)), { code: 'result_refused' })
  }
})
