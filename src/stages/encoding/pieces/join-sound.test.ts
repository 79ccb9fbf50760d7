import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { measureSoundLag } from '../../../../test/lossless/sound-lag.ts'
import { makeClip } from '../../../../test/support/clip.ts'
import { planJobs } from '../../planning/plan-jobs.ts'
import { canBeSoundPiece, cutSoundPiece, type SoundOrder } from './cut-sound-piece.ts'
import { type JoinedSegment, joinSound } from './join-sound.ts'
import { planSource } from './pieces.test-support.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-sound-'))
test.after(() => rm(folder, { recursive: true, force: true }))

/** As a stock runner encodes sound that is in a file of its own (runner protocol 5.8). */
async function encodeAsStock(input: string, output: string, more: string[] = []): Promise<void> {
  const codec = ['-acodec', 'aac', '-channel_layout', 'stereo', '-b:a', '384k']
  const muxer = ['-f', 'mp4', '-movflags', 'faststart', '-max_muxing_queue_size', '1024']
  const args = ['-i', input, '-vn', ...codec, ...muxer, '-map_metadata', '-1', ...more, output]
  await execa('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args])
}

async function planSound(path: string) {
  const { media, plan } = await planSource(path, folder, { height: 90 })
  const job = planJobs(plan, media).find(({ type }) => type === 'vod-audio-encoding')
  if (job?.payload.type !== 'vod-audio-encoding') throw new TypeError('there is sound')
  return { media, order: { payload: job.payload, track: 'audio-0' } satisfies SoundOrder }
}

/** Speech-like: a tone that comes and goes, so that where it is can be heard. */
const beeps = "volume=0:enable='lt(mod(t,0.7),0.3)'"
const clips: Record<string, string[]> = {
  'as long as the pictures': ['-af', beeps],
  'at 44 100 Hz that ends early': ['-af', `${beeps},atrim=end=1.5`, '-ar', '44100'],
}

for (const [name, output] of Object.entries(clips)) {
  test(`sound ${name} that a stock runner encoded lies where the source has it, on the grid of sound`, async () => {
    const clip = await makeClip({ folder, seconds: 3, output })
    const { media, order } = await planSound(clip)
    assert.ok(canBeSoundPiece(order))
    const [input, encoded, track] = ['in.mp4', 'out.mp4', 'track.mp4'].map((n) => join(folder, n))
    assert.ok(input && encoded && track)
    await cutSoundPiece(order, { kind: 'file', path: clip }, input)
    await encodeAsStock(input, encoded)
    const { init, segments } = await joinSound(order, encoded)
    const joined: JoinedSegment[] = []
    for await (const segment of segments) joined.push(segment)
    await writeFile(track, Buffer.concat([init, ...joined.map(({ bytes }) => bytes)]))
    const rate = media.audio[0]?.sampleRate ?? 0
    const heard = sumTicks(joined)
    assert.ok(Math.abs(heard - media.durationSeconds * rate) <= 1, `${heard}`)
    const ends = [1, 2].map((end) => Math.abs(sumTicks(joined.slice(0, end)) - end * rate))
    assert.ok(ends.every((ticks) => ticks <= 512))
    const source = { path: clip, stream: 1, originSeconds: media.originSeconds }
    const { lagSamples } = await measureSoundLag(track, source, media.durationSeconds)
    assert.ok(lagSamples !== null && Math.abs(lagSamples) <= 1, `late by ${lagSamples}`)
  })
}

function sumTicks(segments: readonly JoinedSegment[]): number {
  return segments.reduce((sum, { inspected }) => sum + inspected.durationTicks, 0)
}

test('sound that is not as ordered is refused, saying why', async () => {
  const clip = await makeClip({ folder, name: 'refused.mp4', seconds: 2 })
  const { order } = await planSound(clip)
  const [input, good, path] = ['in.mp4', 'good.mp4', 'bad.mp4'].map((name) => join(folder, name))
  assert.ok(input && good && path)
  await cutSoundPiece(order, { kind: 'file', path: clip }, input)
  const refusal = async (file: string): Promise<string> => {
    try {
      const { segments } = await joinSound(order, file)
      for await (const { bytes } of segments) assert.ok(bytes.length > 0)
    } catch (error) {
      if (error instanceof ReelmillError && error.code === 'segment_refused') return error.message
      throw error
    }
    return 'taken'
  }
  const make = async (more: string[]): Promise<string> => {
    await encodeAsStock(input, path, more)
    return refusal(path)
  }
  assert.match(await make(['-t', '1']), /missing/)
  assert.match(await make(['-ar', '44100']), /clock/)
  assert.match(await make(['-profile:a', 'aac_main']), /kind of AAC/)
  assert.match(await refusal(clip), /one box trak/)
  await encodeAsStock(input, good)
  assert.equal(await refusal(good), 'taken')
  const bytes = await readFile(good)
  for (let offset = 0; offset < bytes.indexOf('mdat'); offset += 3) {
    const spoiled = Buffer.from(bytes)
    spoiled.writeUInt8(255, offset)
    await writeFile(path, spoiled)
    await refusal(path)
  }
})
