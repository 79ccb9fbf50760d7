import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findBox, requireBox } from './box.ts'
import { encodePictures, encodeSound, run, videoCodecs } from './clip.test-support.ts'
import { isSameInit } from './is-same-init.ts'
import { makeLyingInit } from './lying-init.test-support.ts'
import { writeInit } from './write-init.ts'

const color = { space: 'smpte170m', primaries: 'bt470bg', transfer: 'bt709' }

suite('writeInit', () => {
  test('nothing goes out of what an encoder says beyond its codec: no turn, date, crop, colour or other file', async () => {
    const { init } = await encodePictures('h264', { frames: 1 })
    const lying = makeLyingInit(init)
    assert.ok(isSameInit(lying, init), 'of the codec it says the same')
    for (const options of [
      {},
      { leadTicks: 1024, look: { color, pixelAspect: [1, 1] } },
    ] as const) {
      assert.deepEqual(writeInit(lying, options), writeInit(init, options))
    }
  })

  test('what ffmpeg itself says of a track stays as it is', async () => {
    const clips = Object.keys(videoCodecs) as (keyof typeof videoCodecs)[]
    const inits = await Promise.all(clips.map((codec) => encodePictures(codec, { frames: 1 })))
    for (const { init } of [...inits, await encodeSound(0.1), await encodeSound(0.1, 'libopus')]) {
      const written = writeInit(init)
      assert.deepEqual(findHeaders(written), findHeaders(init))
    }
  })

  test('pictures are shown as it was ordered: in colour, and as wide as their pixels are', async () => {
    const { init } = await encodePictures('h264', { frames: 1 })
    const look = { color, pixelAspect: [1280, 1281] } as const
    const written = writeInit(init, { look })
    const show = ['-show_entries', 'stream=sample_aspect_ratio,color_space,color_primaries', '-of']
    const args = ['-v', 'error', ...show, 'csv=p=0', '-i', 'pipe:0']
    const told = await run('ffprobe', args, written)
    assert.equal(String(told).trim(), '1280:1281,smpte170m,bt470bg')
    const tkhd = requireBox(written, 'moov', 'trak', 'tkhd').body
    assert.equal(tkhd.readUInt32BE(76), Math.round((160 * 65_536 * 1280) / 1281))
  })
})

function findHeaders(init: Buffer): (string | undefined)[] {
  const trak = ['moov', 'trak']
  const mdia = [...trak, 'mdia']
  const minf = [...mdia, 'minf']
  return [
    ['moov', 'mvhd'],
    [...trak, 'tkhd'],
    [...mdia, 'mdhd'],
    [...mdia, 'hdlr'],
    [...minf, 'vmhd'],
    [...minf, 'smhd'],
    [...minf, 'dinf'],
  ].map((path) => findBox(init, ...path)?.body.toString('hex'))
}
