import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { buildSegment } from './build-segment.ts'
import { encodePictures, encodeSound, frameTicks, gopFrames } from './clip.test-support.ts'
import { inspectAudioSegment } from './inspect-audio-segment.ts'
import { inspectInit } from './inspect-init.ts'
import { inspectSegment } from './inspect-segment.ts'
import { parseFragment } from './parse-fragment.ts'
import { type ParsedVideoInit, parseInit } from './parse-init.ts'
import { rewriteFragment } from './rewrite-fragment.ts'
import { writeInit } from './write-init.ts'
import { writeSegment } from './write-segment.ts'

const leadTicks = 2 * frameTicks
const baseDecodeTime = 40 * frameTicks

interface Made {
  readonly init: ParsedVideoInit
  readonly initBytes: Buffer
  readonly fragments: readonly Buffer[]
}

async function makeTrack(codec: 'h264' | 'hevc' | 'vp9' | 'av1'): Promise<Made> {
  const clip = await encodePictures(codec, { frames: 15 })
  const lead = codec === 'h264' || codec === 'hevc' ? leadTicks : 0
  const initBytes = writeInit(clip.init, { leadTicks: lead })
  const init = parseInit(initBytes)
  assert.equal(init.kind, 'video')
  const fragments = clip.fragments.map((fragment, gop) =>
    Buffer.concat(
      rewriteFragment(fragment, {
        sequenceNumber: 5 + gop,
        baseDecodeTime: baseDecodeTime + gop * gopFrames * frameTicks,
        leadTicks: lead,
      }),
    ),
  )
  return { init: init as ParsedVideoInit, initBytes, fragments }
}

const ordered = { baseDecodeTime, samples: 15, frameTicks, gopFrames, maxBytes: 10_000_000 }

suite('inspectSegment', () => {
  let h264: Made
  before(async () => {
    h264 = await makeTrack('h264')
  })
  const inspect = (segment: Buffer, changes: object = {}) =>
    inspectSegment(segment, { init: h264.init, ...ordered, ...changes })

  for (const codec of ['h264', 'hevc', 'vp9', 'av1'] as const) {
    test(`takes what an honest runner made with ${codec}, and says where its key frames lie`, async () => {
      const { init, fragments } = await makeTrack(codec)
      const segment = writeSegment(fragments)
      const { durationTicks, samples, keyframes } = inspectSegment(segment, { init, ...ordered })
      assert.equal(durationTicks, 15 * frameTicks)
      assert.equal(samples, 15)
      assert.deepEqual(
        keyframes.map((keyframe) => keyframe.durationTicks),
        [10 * frameTicks, 5 * frameTicks],
      )
      for (const { offset } of keyframes) {
        assert.equal(segment.toString('latin1', offset + 4, offset + 8), 'moof')
      }
    })
  }

  test('takes fewer pictures only where the length is not known', () => {
    const segment = writeSegment(h264.fragments)
    assert.equal(inspect(segment, { samples: 20, fewerAllowed: true }).samples, 15)
    assert.throws(() => inspect(segment, { samples: 20 }), /number of pictures/)
    assert.throws(() => inspect(segment, { samples: 10, fewerAllowed: true }), /number of pictures/)
  })

  test('refuses the right pictures at another place, rate, size or in other groups', () => {
    const segment = writeSegment(h264.fragments)
    assert.throws(() => inspect(segment, { baseDecodeTime: 0 }), /where it belongs/)
    assert.throws(() => inspect(segment, { frameTicks: 511 }), /duration of a picture/)
    assert.throws(() => inspect(segment, { gopFrames: 8 }), /group of pictures/)
    assert.throws(() => inspect(segment, { maxBytes: 100 }), /too large/)
    const init = { ...h264.init, trackId: 2 }
    assert.throws(() => inspect(segment, { init }), /another track/)
    assert.throws(() => inspect(segment, { init: { ...h264.init, leadTicks: 0 } }), /shown first/)
  })

  test('refuses bytes before, between and after the fragments', () => {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = h264.fragments
    const free = Buffer.from('0000000866726565', 'hex')
    for (const parts of [
      [free, first, second],
      [first, free, second],
      [first, second, free],
    ]) {
      assert.throws(() => inspect(writeSegment(parts)), { code: 'segment_refused' })
    }
    assert.throws(() => inspect(writeSegment([first, second]).subarray(0, -1)), /size of the box/)
    assert.throws(() => inspect(writeSegment([])), /no fragments/)
  })

  test('refuses a sync sample that is no IDR, and NAL units that do not fill their sample', () => {
    const segment = writeSegment(h264.fragments)
    const [first] = parseFragment(
      h264.fragments[0] ?? Buffer.alloc(0),
      h264.init.trackDefaults,
    ).samples
    const sample = (first?.offset ?? 0) + (inspect(segment).keyframes[0]?.offset ?? 0)
    const notKey = Buffer.from(segment)
    for (
      let nal = sample;
      nal < sample + (first?.bytes ?? 0);
      nal += 4 + segment.readUInt32BE(nal)
    ) {
      if ((segment.readUInt8(nal + 4) & 0x1f) === 5) notKey.writeUInt8(0x41, nal + 4)
    }
    assert.throws(() => inspect(notKey), /key frame/)
    const cut = Buffer.from(segment)
    cut.writeUInt32BE(segment.readUInt32BE(sample) + 1, sample)
    assert.throws(() => inspect(cut), /NAL unit/)
    const sets = Buffer.from(segment)
    sets.writeUInt8(0x67, sample + 4)
    assert.throws(() => inspect(sets), /Parameter sets/)
  })

  test('refuses every cut and survives every flipped header bit with a refusal or a right answer', () => {
    const segment = writeSegment(h264.fragments)
    for (let length = 0; length < segment.length; length += 97) {
      assert.throws(() => inspect(segment.subarray(0, length)), { code: 'segment_refused' })
    }
    for (let bit = 0; bit < 400 * 8; bit++) {
      const flipped = Buffer.from(segment)
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      try {
        assert.equal(inspect(flipped).samples, 15)
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'segment_refused')
      }
    }
  })
})

suite('inspectInit', () => {
  test('takes what was ordered and says what is not', async () => {
    const { initBytes } = await makeTrack('h264')
    const size = { codec: 'h264', width: 160, height: 90, timescale: 12_800 } as const
    assert.equal(inspectInit(initBytes, size).codecs.startsWith('avc1.'), true)
    assert.throws(() => inspectInit(initBytes, { ...size, codec: 'hevc' }), /codec/)
    assert.throws(() => inspectInit(initBytes, { ...size, width: 1920 }), /width/)
    assert.throws(() => inspectInit(Buffer.concat([initBytes, initBytes]), size), /exactly/)
  })
})

suite('inspectAudioSegment', () => {
  test('counts what is heard: the first segment without its priming', async () => {
    const clip = await encodeSound(0.5)
    const init = parseInit(clip.init)
    assert.equal(init.kind, 'audio')
    if (init.kind !== 'audio') return
    const samples = clip.fragments.flatMap((fragment) =>
      parseFragment(fragment, init.trackDefaults).samples.map(
        ({ durationTicks, offset, bytes }) => ({
          durationTicks,
          data: fragment.subarray(offset, offset + bytes),
        }),
      ),
    )
    const segment = buildSegment({ trackId: 1, sequenceNumber: 1, baseDecodeTime: 0, samples })
    const expected = { init, baseDecodeTime: 0, frameTicks: 1024, samples: 100, maxBytes: 1e6 }
    const inspected = inspectAudioSegment(segment, { ...expected, fewest: samples.length })
    assert.equal(inspected.durationTicks, 24_000)
    assert.equal(inspected.nextDecodeTime, 25_024)
    assert.throws(() => inspectAudioSegment(segment, expected), /number of audio frames/)
    const more = { ...expected, fewest: samples.length + 1 }
    assert.throws(() => inspectAudioSegment(segment, more), /number of audio frames/)
    const exact = { ...expected, samples: samples.length }
    assert.throws(() => inspectAudioSegment(segment, exact), /duration of an audio frame/)
  })
})
