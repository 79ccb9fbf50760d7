import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeMedia } from './describe-media.ts'
import { parseHeader } from './header.ts'
import { addPacket, type PacketStats, startStats } from './packet-stats.ts'
import { pickStreams } from './streams.ts'

interface Stamp {
  readonly pts: number | null
  readonly dts?: number | null
  readonly duration?: number
  readonly isKey?: boolean
  readonly isDiscarded?: boolean
}

function count(stamps: readonly Stamp[]): PacketStats {
  const stats = startStats()
  for (const { pts, dts = pts, duration = 1, isKey = true, isDiscarded = false } of stamps) {
    addPacket(stats, { pts, dts, duration, isKey, isDiscarded })
  }
  return stats
}

const video = {
  index: 0,
  codec_name: 'h264',
  codec_type: 'video',
  width: 160,
  height: 90,
  time_base: '1/25',
}
const sound = {
  index: 1,
  codec_name: 'aac',
  codec_type: 'audio',
  channels: 2,
  sample_rate: '48000',
  time_base: '1/10',
}

function describe(
  streams: readonly object[],
  packets: Record<number, readonly Stamp[]>,
  format: object = {},
) {
  return describeMedia({
    demuxer: 'mov',
    sizeBytes: 1000,
    header: parseHeader(JSON.stringify({ streams, format })),
    packets: new Map(
      Object.entries(packets).map(([index, stamps]) => [Number(index), count(stamps)]),
    ),
  })
}

const frames = (...pts: number[]): Stamp[] => pts.map((time) => ({ pts: time }))

test('a header with next to nothing in it gives nulls and right values (U20)', () => {
  const media = describe([video], { 0: frames(0, 1, 2) })
  assert.equal(media.claimedDurationSeconds, null)
  assert.equal(media.bitRate, null)
  assert.equal(media.video?.profile, null)
  assert.deepEqual(media.video?.frameRate, [25, 1])
  assert.deepEqual(media.video?.pixelAspect, [1, 1])
  assert.equal(media.durationSeconds, 3 / 25)
  assert.deepEqual(media.audio, [])
})

test('0/0, N/A, 0:1 and unknown are nulls or sane values (U20)', () => {
  const odd = {
    ...video,
    avg_frame_rate: '0/0',
    r_frame_rate: '90000/1',
    sample_aspect_ratio: '0:1',
    color_transfer: 'unknown',
    bit_rate: 'N/A',
  }
  const media = describe([odd], { 0: frames(0) }, { duration: 'N/A', bit_rate: 'N/A' })
  assert.deepEqual(media.video?.frameRate, [25, 1])
  assert.deepEqual(media.video?.pixelAspect, [1, 1])
  assert.equal(media.video?.color.transfer, null)
  assert.equal(media.bitRate, null)
})

test('cover art is no video; motion JPEG is one (WD27)', () => {
  const cover = { ...video, codec_name: 'mjpeg', disposition: { attached_pic: 1 } }
  const packets = { 0: frames(0), 1: frames(0, 1, 2) }
  assert.equal(describe([cover, sound], packets).video, null)
  const film = { ...video, codec_name: 'mjpeg', disposition: { default: 1 } }
  assert.equal(describe([film, sound], packets).video?.codec, 'mjpeg')
})

test('turned pictures and pixel aspects change the size that is shown', () => {
  const matrix = { side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }] }
  const turned = describe([{ ...video, ...matrix }], { 0: frames(0) }).video
  assert.deepEqual([turned?.rotation, turned?.width, turned?.height], [90, 90, 160])
  const tagged = describe([{ ...video, tags: { rotate: '270' } }], { 0: frames(0) }).video
  assert.equal(tagged?.rotation, 270)
  const wide = describe([{ ...video, sample_aspect_ratio: '2:1' }], { 0: frames(0) }).video
  assert.deepEqual([wide?.width, wide?.height, wide?.codedWidth], [320, 90, 160])
  const rounded = describe([{ ...video, sample_aspect_ratio: '1279:1280' }], { 0: frames(0) }).video
  assert.deepEqual([rounded?.width, rounded?.pixelAspect], [160, [1, 1]])
})

test('depth, alpha, HDR and fields are read from wherever a container keeps them', () => {
  const read = (fields: object) => describe([{ ...video, ...fields }], { 0: frames(0) }).video
  assert.equal(read({ pix_fmt: 'yuv420p10le' })?.bitDepth, 10)
  assert.equal(read({ pix_fmt: 'p010le' })?.bitDepth, 10)
  assert.equal(read({ pix_fmt: 'yuv422p12le' })?.bitDepth, 12)
  assert.equal(read({ pix_fmt: 'yuv420p', bits_per_raw_sample: '8' })?.bitDepth, 8)
  assert.equal(read({ tags: { ALPHA_MODE: '1' } })?.alpha, true)
  assert.equal(read({ pix_fmt: 'yuva444p10le' })?.alpha, true)
  assert.equal(read({ pix_fmt: 'yuv420p' })?.alpha, false)
  assert.equal(read({ color_transfer: 'smpte2084' })?.hdr, 'pq')
  assert.equal(read({ color_transfer: 'arib-std-b67' })?.hdr, 'hlg')
  assert.equal(read({ field_order: 'tt' })?.interlaced, true)
})

test('of several programmes the sound and subtitles of others are left out', () => {
  const other = { ...video, index: 2, width: 320, height: 180 }
  const text = { index: 4, codec_name: 'dvb_teletext', codec_type: 'subtitle' }
  const streams = [video, sound, other, { ...sound, index: 3 }, text, { ...sound, index: 5 }]
  const programs = [[0, 1, 4], [2, 3], []].map((indices) => ({
    streams: indices.map((index) => ({ index })),
  }))
  const {
    video: picked,
    audio,
    subtitles,
  } = pickStreams(parseHeader(JSON.stringify({ streams, programs })))
  assert.deepEqual([picked?.index, audio.map(({ index }) => index), subtitles], [2, [3, 5], []])
})

test('pictures that cannot be decoded or are cut away by an edit list are not counted', () => {
  const media = describe([video], {
    0: [
      { pts: 0, isKey: false },
      { pts: 5, isKey: true },
      { pts: 3, isKey: false },
      { pts: 6, isKey: false },
      { pts: 7, isKey: false, isDiscarded: true },
    ],
  })
  assert.deepEqual([media.video?.packets, media.video?.startPts, media.video?.endPts], [2, 5, 7])
  assert.match(media.remarks.join(), /2 pictures before the first key frame/)
})

test('pictures that refer to a key frame that an edit list hides are there: a trimmed film (D-104)', () => {
  const media = describe([video], {
    0: [
      { pts: -2, dts: -3, isKey: true, isDiscarded: true },
      { pts: 1, dts: -2, isKey: false },
      { pts: 0, dts: -1, isKey: false },
      { pts: 2, dts: 0, isKey: false },
    ],
  })
  assert.deepEqual([media.video?.packets, media.video?.startPts, media.video?.endPts], [3, 0, 3])
  assert.deepEqual(media.remarks, [])
})

test('time starts with whichever of picture and sound comes first', () => {
  const media = describe([video, sound], { 0: frames(50, 51), 1: frames(10, 11, 12) })
  assert.equal(media.originSeconds, 1)
  assert.equal(media.durationSeconds, 52 / 25 - 1)
  const primed = describe([video, { ...sound, time_base: '1/1000' }], {
    0: frames(0),
    1: frames(-7, 13),
  })
  assert.equal(primed.originSeconds, 0)
})

test('languages become BCP 47, titles lose what no database takes', () => {
  const spoken = (language: string) =>
    describe([{ ...sound, tags: { language, title: 'a\u0000b\nc' } }], { 1: frames(0) }).audio[0]
  assert.equal(spoken('eng')?.language, 'en')
  assert.equal(spoken('ger')?.language, 'de')
  assert.equal(spoken('pt_BR')?.language, 'pt-BR')
  assert.equal(spoken('und')?.language, 'und')
  assert.equal(spoken('English (forced!)')?.language, 'und')
  assert.equal(spoken('eng')?.title, 'a b c')
})

test('a claim of days is remarked on and not believed', () => {
  const media = describe([video], { 0: frames(0, 1) }, { duration: '143165.64' })
  assert.equal(media.durationSeconds, 2 / 25)
  assert.match(media.remarks.join(), /says that it lasts 143165\.6 seconds; it holds 0\.1/)
})

test('sound that comes first and streams of unknown kind are no trouble (U20)', () => {
  const odd = { index: 2, codec_type: 'data' }
  const media = describe([{ ...sound, index: 0 }, { ...video, index: 1 }, odd], {
    0: frames(0),
    1: frames(0),
  })
  assert.deepEqual([media.video?.index, media.audio[0]?.index], [1, 0])
})
