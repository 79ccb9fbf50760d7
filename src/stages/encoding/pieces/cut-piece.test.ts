import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { makeClip } from '../../../../test/support/clip.ts'
import { cutPiece } from './cut-piece.ts'
import {
  hashChain,
  hashPictures,
  listOrders,
  planSource,
  stockPictures,
  stockVersions,
} from './pieces.test-support.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-pieces-'))
test.after(() => rm(folder, { recursive: true, force: true }))

const openGop = ['-bf', '5', '-x264-params', 'open-gop=1:b-pyramid=normal:scenecut=0']
/** Ticks are fields: two a frame. */
const claimRate = (fps: number): string => `h264_metadata=tick_rate=${2 * fps}`

const clips: Record<string, () => Promise<string>> = {
  'H.264 with B-frames in open GOPs': () =>
    makeClip({ folder, name: 'open.mp4', sound: true, output: openGop }),
  'H.264 at 29.97': () => makeClip({ folder, name: 'ntsc.mp4', frameRate: '30000/1001' }),
  'H.264 at 23.976 in Matroska, whose clock counts milliseconds': () =>
    makeClip({ folder, name: 'film.mkv', frameRate: '24000/1001', output: openGop }),
  'H.264 that claims twenty times its rate': () =>
    makeClip({ folder, name: 'fast-claim.mp4', output: [...openGop, '-bsf:v', claimRate(500)] }),
  'H.264 that claims a fifth of its rate': () =>
    makeClip({ folder, name: 'slow-claim.mp4', output: [...openGop, '-bsf:v', claimRate(5)] }),
  'H.264 whose sound goes on': () =>
    makeClip({ folder, name: 'longer.mp4', seconds: 2, output: ['-af', 'apad=pad_dur=1.3'] }),
  'H.264 with a hole across two pieces': () =>
    makeClip({
      folder,
      name: 'hole.mp4',
      output: ['-vf', "select='not(between(n,40,55))'", '-vsync', 'vfr'],
    }),
  HEVC: () =>
    makeClip({
      folder,
      name: 'hevc.mp4',
      output: ['-c:v', 'libx265', '-x265-params', 'log-level=none:bframes=4:open-gop=1'],
    }),
  VP9: () =>
    makeClip({
      folder,
      name: 'vp9.webm',
      sound: false,
      output: [
        '-c:v',
        'libvpx-vp9',
        '-deadline',
        'realtime',
        '-cpu-used',
        '8',
        '-auto-alt-ref',
        '1',
      ],
    }),
  'MPEG-TS, read by its copy': () =>
    makeClip({ folder, name: 'stream.ts', output: [...openGop, '-muxdelay', '0.7'] }),
  '60 frames a second, portrait, one key frame': () =>
    makeClip({ folder, name: 'fast.mp4', frameRate: '60', size: '90x160', output: ['-g', '999'] }),
}

/** Rates above the cap are brought to a whole fraction of theirs. */
const halved: Record<string, string> = {
  '60 frames a second': '60',
  '59.94 frames a second': '60000/1001',
}
for (const [name, frameRate] of Object.entries(halved)) {
  clips[`every second picture of ${name}`] = () =>
    makeClip({
      folder,
      name: `half-${frameRate.length}.mp4`,
      frameRate,
      seconds: 3,
      output: openGop,
    })
}

/** What cannot be shown as it lies in the source. */
const rendered: Record<string, () => Promise<string>> = {
  'AV1, rendered': () =>
    makeClip({
      folder,
      name: 'av1.mp4',
      seconds: 2,
      output: ['-c:v', 'libsvtav1', '-preset', '12'],
    }),
  'turned H.264, rendered': async () => {
    const path = await makeClip({ folder, name: 'upright.mp4', seconds: 2 })
    const turned = join(folder, 'turned.mp4')
    const copy = ['-metadata:s:v', 'rotate=90', '-c', 'copy', turned]
    await execa('ffmpeg', ['-v', 'error', '-y', '-i', path, ...copy])
    return turned
  },
  'pixels that are not square, rendered': () =>
    makeClip({ folder, name: 'wide.mp4', seconds: 2, output: ['-aspect', '4:3'] }),
}
Object.assign(clips, rendered)

for (const [name, make] of Object.entries(clips)) {
  test(`pieces of ${name} show a stock runner exactly the frames of the grid`, async () => {
    const source = await planSource(await make(), folder, {
      height: 90,
      ...(name.startsWith('every') ? { frameRateMax: 30 } : {}),
    })
    const expected = await hashChain(source)
    const orders = listOrders(source).map((order) => {
      if (!Object.hasOwn(rendered, name)) return order
      return { ...order, piece: { ...order.piece, isRendered: true as const } }
    })
    assert.equal(expected.length, source.plan.grid?.frames)
    for (const version of stockVersions) {
      const found: string[] = []
      for (const order of orders) {
        const path = join(folder, 'piece.mp4')
        await cutPiece(order, { kind: 'file', path: source.path }, path)
        const hashes = await hashPictures(['-i', path, ...stockPictures(order, version)])
        assert.equal(hashes.length, order.piece.frames, `${version} ${order.piece.segment}`)
        found.push(...hashes)
      }
      assert.deepEqual(found, expected, version)
    }
  })
}
