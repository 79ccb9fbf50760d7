import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { HlsPayload } from '#jobs/file-payload.ts'
import { checkOutput } from '#media/conformance/check-output.ts'
import { makeClip } from '../../../../test/support/clip.ts'
import { bareNames, makeHls } from './hls.ts'
import { listKeyTimes, makeContext, probeFile } from './work-context.test-support.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-hls-'))
test.after(() => rm(folder, { recursive: true, force: true }))
const source = await makeClip({ folder, seconds: 9, size: '320x180' })

let jobs = 0

async function work(payload: HlsPayload) {
  jobs += 1
  const context = await makeContext(payload, { scratch: join(folder, `job-${jobs}`) })
  const { files } = await makeHls(context)
  const { videoFile, resolutionPlaylistFile } = files
  assert.ok(videoFile && resolutionPlaylistFile)
  const lines = (await readFile(resolutionPlaylistFile.path, 'utf8')).trim().split('\n')
  return { videoFile, resolutionPlaylistFile, lines, probed: await probeFile(videoFile.path) }
}

const payload: HlsPayload = {
  input: { videoFileUrl: source, separatedAudioFileUrl: [] },
  output: { resolution: 90, fps: 25, separatedAudio: false },
}

test('a segmented rendition is one fragmented MP4 and a VOD playlist of its byte ranges, 4 s each (D-65, D-66, D-107)', async () => {
  const { videoFile, resolutionPlaylistFile, lines, probed } = await work(payload)
  assert.match(videoFile.filename, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-90-fragmented\.mp4$/)
  assert.equal(
    resolutionPlaylistFile.filename,
    videoFile.filename.replace('-fragmented.mp4', '.m3u8'),
  )
  assert.deepEqual(lines.slice(0, 5), [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-TARGETDURATION:4',
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ])
  assert.match(
    lines[5] ?? '',
    new RegExp(`^#EXT-X-MAP:URI="${videoFile.filename}",BYTERANGE="\\d+@0"$`),
  )
  const names = lines.filter((line) => !line.startsWith('#'))
  assert.deepEqual(names, Array(3).fill(videoFile.filename))
  assert.equal(lines.at(-1), '#EXT-X-ENDLIST')
  assert.equal(coverBytes(lines), (await stat(videoFile.path)).size)
  const { video, audio } = probed
  assert.deepEqual([video?.width, video?.height, video?.nb_read_packets], [160, 90, '225'])
  assert.deepEqual([audio?.codec_name, audio?.channels], ['aac', 2])
  // The reordering delay of B-frames comes first, as the segmenter writes it.
  const [first = 0, ...others] = await listKeyTimes(videoFile.path)
  const distances = others.map((time) => Number((time - first).toFixed(3)))
  assert.deepEqual(distances, [2, 4, 6, 8])
})

/** Where the last byte range of a playlist ends. */
function coverBytes(lines: readonly string[]): number {
  const last = lines.findLast((line) => line.startsWith('#EXT-X-BYTERANGE:')) ?? ''
  const [length, offset] = last.replace('#EXT-X-BYTERANGE:', '').split('@')
  return Number(length) + Number(offset)
}

test('our own check of HLS finds no error in the media playlist (D-107, U50)', async () => {
  const { resolutionPlaylistFile } = await work(payload)
  const { findings, empty } = await checkOutput(resolutionPlaylistFile.path)
  assert.equal(empty, false)
  const errors = findings.filter(({ severity }) => severity === 'error')
  assert.deepEqual(errors, [])
})

test('with separate sound one job makes pictures without it and one of resolution 0 the sound alone', async () => {
  const output = { ...payload.output, separatedAudio: true }
  const pictures = await work({ ...payload, output })
  assert.deepEqual([pictures.probed.streams.length, pictures.probed.audio], [1, null])
  const sound = await work({ ...payload, output: { ...output, resolution: 0, fps: 0 } })
  assert.deepEqual([sound.probed.streams.length, sound.probed.video], [1, null])
  assert.match(sound.videoFile.filename, /-0-fragmented\.mp4$/)
  assert.ok(sound.lines.includes('#EXT-X-PLAYLIST-TYPE:VOD'))
  assert.ok(Math.abs(sound.probed.seconds - 9) < 0.1)
})

test('what is already as it is ordered is copied, pictures and sound, and cut at its key frames', async () => {
  const ready = await makeClip({
    folder,
    name: 'ready.mp4',
    seconds: 9,
    size: '320x180',
    output: ['-g', '50', '-sc_threshold', '0', '-maxrate', '300k', '-bufsize', '300k'],
  })
  const output = { resolution: 180, fps: 25 }
  const { lines, probed } = await work({ input: { videoFileUrl: ready }, output })
  const before = await probeFile(ready)
  assert.equal(probed.audio?.nb_read_packets, before.audio?.nb_read_packets)
  assert.equal(probed.video?.has_b_frames, before.video?.has_b_frames)
  assert.equal(lines.filter((line) => line.startsWith('#EXTINF')).length, 3)
})

test('folders in a playlist of another ffmpeg are taken out of it', () => {
  const text = '#EXT-X-MAP:URI="/a b/x.mp4",BYTERANGE="8@0"\n#EXTINF:4,\n/a b/x.mp4\nx.mp4\n'
  const bare = '#EXT-X-MAP:URI="x.mp4",BYTERANGE="8@0"\n#EXTINF:4,\nx.mp4\nx.mp4\n'
  assert.equal(bareNames(text, 'x.mp4'), bare)
})
