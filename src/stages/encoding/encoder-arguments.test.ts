import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Grid, OutputColor, VideoRendition } from '#jobs/payload.ts'
import { run } from '../../media/boxes/clip.test-support.ts'
import { buildEncoderArguments } from './encoder-arguments.ts'

const grid: Grid = {
  frameRate: [25, 1],
  frames: 10,
  framesAtMost: 10,
  heldFrames: 0,
  gopFrames: 10,
  segmentFrames: 10,
  timescale: 12_800,
  frameTicks: 512,
}
const color: OutputColor = {
  space: 'bt709',
  primaries: 'bt709',
  transfer: 'bt709',
  convert: false,
}

/** What a plan orders of a tiny rendition. */
function describeRendition(): VideoRendition {
  const encoder = {
    ...{ name: 'libx265', preset: 'ultrafast', profile: null, level: null, pixelFormat: 'yuv420p' },
    ...{ crf: 30, maxrateBps: 300_000, bufsizeBits: 600_000, lossless: false },
    ...{ refs: 3, bframes: 3, reorderFrames: 2 },
  }
  return { name: '90p', codec: 'hevc', width: 160, height: 90, encoder }
}

test('x265 is told not to name its machine in the headers', async () => {
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=0.4']
  const muxer = ['-f', 'mp4', '-movflags', '+empty_moov+frag_keyframe', 'pipe:1']
  const args = buildEncoderArguments(describeRendition(), grid, color, 1)
  const film = await run('ffmpeg', ['-v', 'error', ...source, ...args, ...muxer])
  assert.match(film.toString('latin1'), /hvcC/)
  assert.doesNotMatch(film.toString('latin1'), /cpuid=/)
})
