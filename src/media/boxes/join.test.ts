import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { buildSegment } from './build-segment.ts'
import {
  type Clip,
  encodePictures,
  encodeSound,
  frameTicks,
  gopFrames,
  hashPictures,
  hashSource,
  probeTimes,
  run,
  toneStartSample,
  videoCodecs,
} from './clip.test-support.ts'
import { parseFragment } from './parse-fragment.ts'
import { parseInit } from './parse-init.ts'
import { rewriteFragment } from './rewrite-fragment.ts'
import { writeInit } from './write-init.ts'
import { writeSegment } from './write-segment.ts'

const leads = { h264: 2 * frameTicks, hevc: 2 * frameTicks, vp9: 0, av1: 0 } as const

function joinChunks(chunks: readonly Clip[], leadTicks: number): Buffer {
  const init = writeInit(chunks[0]?.init ?? Buffer.alloc(0), { leadTicks })
  const segments = chunks
    .flatMap((chunk) => chunk.fragments)
    .map((fragment, gop) => {
      const baseDecodeTime = gop * gopFrames * frameTicks
      const place = { sequenceNumber: gop + 1, baseDecodeTime, leadTicks }
      return writeSegment(rewriteFragment(fragment, place))
    })
  return Buffer.concat([init, ...segments])
}

suite('joining chunks of pictures', () => {
  for (const codec of ['h264', 'hevc', 'vp9', 'av1'] as const) {
    test(`chunks of ${codec} join without a seam: every frame is there, once and in time (U52)`, async () => {
      const [first, second] = await Promise.all([
        encodePictures(codec, { frames: 20 }),
        encodePictures(codec, { firstFrame: 20, frames: 11, movflags: '+negative_cts_offsets' }),
      ])
      const joined = joinChunks([first, second], leads[codec])
      const times = await probeTimes(joined)
      assert.deepEqual(
        times,
        times.map((_, frame) => frame / 25),
      )
      assert.equal(times.length, 31)
      const expected =
        codec === 'av1'
          ? await Promise.all([first, second].map(hashChunk)).then((hashes) => hashes.flat())
          : await hashSource(31)
      assert.deepEqual(await hashPictures(joined), expected)
    })
  }

  test('two chunks of the same settings have the same init, whatever their length', async () => {
    for (const codec of Object.keys(videoCodecs) as (keyof typeof videoCodecs)[]) {
      const clips = await Promise.all([
        encodePictures(codec, { frames: 1 }),
        encodePictures(codec, { firstFrame: 20, frames: 11 }),
      ])
      const [one, other] = clips.map(({ init }) => writeInit(init, { leadTicks: leads[codec] }))
      assert.deepEqual(one, other, codec)
    }
  })

  test('two chunks of the same settings have the same init, whichever machine made them', async () => {
    for (const codec of Object.keys(videoCodecs) as (keyof typeof videoCodecs)[]) {
      const clips = await Promise.all([
        encodePictures(codec, { frames: 20, threads: 1 }),
        encodePictures(codec, { firstFrame: 20, frames: 11, threads: 3 }),
      ])
      const inits = clips.map(({ init }) => init)
      // Else the encoder tells nothing of its machine any more, and this proves nothing.
      if (codec === 'hevc') assert.match(String(inits[0]), /x265.*cpuid=.*frame-threads=1 /)
      const [one, other] = inits.map((init) => writeInit(init, { leadTicks: leads[codec] }))
      assert.deepEqual(one, other, codec)
    }
  })

  test('a chunk of a single picture is shown at its place like any other', async () => {
    const chunks = await Promise.all([
      encodePictures('h264', { frames: 10 }),
      encodePictures('h264', { firstFrame: 10, frames: 1 }),
    ])
    const times = await probeTimes(joinChunks(chunks, leads.h264))
    assert.equal(times.at(-1), 10 / 25)
  })
})

suite('cutting sound', () => {
  test('the sound of re-cut segments is that of the encoder, and starts at 0 after its priming', async () => {
    const { init, fragments } = await encodeSound(2)
    const { leadTicks, trackDefaults, trackId } = parseInit(init)
    assert.equal(leadTicks, 1024)
    const samples = fragments.flatMap((fragment) =>
      parseFragment(fragment, trackDefaults).samples.map(({ durationTicks, offset, bytes }) => ({
        durationTicks,
        data: fragment.subarray(offset, offset + bytes),
      })),
    )
    const segments = [samples.slice(0, 30), samples.slice(30)].map((part, index) =>
      buildSegment({
        trackId,
        sequenceNumber: index + 1,
        baseDecodeTime: index * 30 * 1024,
        samples: part,
      }),
    )
    const recut = Buffer.concat([writeInit(init, { leadTicks, language: 'deu' }), ...segments])
    assert.deepEqual(
      await decodeSound(recut),
      await decodeSound(Buffer.concat([init, ...fragments])),
    )
    assert.equal((await probeTimes(recut))[0], -0.021333)
    // ffmpeg decodes the priming too; it tells by the time, -1024 samples, that it is not heard.
    const heard = findTone(await decodeSound(recut)) - 1024
    assert.ok(Math.abs(heard - toneStartSample) < 100, `the tone starts at sample ${heard}`)
  })

  test('the language of the init is that which was asked for, and nothing tells of the encoder', async () => {
    const { init } = await encodeSound(0.1)
    const clean = writeInit(init, { leadTicks: 1024, language: 'deu' })
    assert.equal(parseInit(clean).language, 'deu')
    assert.equal(parseInit(writeInit(init, { language: 'pt-BR' })).language, 'und')
    assert.equal(clean.includes('Lavf'), false)
    assert.equal(clean.includes('udta'), false)
    assert.equal(clean.includes('cmfc'), true)
  })

  test('Opus keeps its own priming', async () => {
    const { init } = await encodeSound(0.2, 'libopus')
    const { codecs, leadTicks, kind } = parseInit(init)
    assert.deepEqual({ codecs, leadTicks, kind }, { codecs: 'opus', leadTicks: 312, kind: 'audio' })
  })
})

function hashChunk({ init, fragments }: Clip): Promise<string[]> {
  return hashPictures(Buffer.concat([init, ...fragments]))
}

function decodeSound(bytes: Buffer): Promise<Buffer> {
  const raw = ['-f', 's16le', '-ac', '1', '-']
  return run('ffmpeg', ['-v', 'error', '-i', 'pipe:0', ...raw], bytes)
}

/** The first loud sample. */
function findTone(pcm: Buffer): number {
  for (let index = 0; index * 2 < pcm.length; index++) {
    if (Math.abs(pcm.readInt16LE(index * 2)) > 1000) return index
  }
  return Number.NaN
}
