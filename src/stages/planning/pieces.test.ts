import assert from 'node:assert/strict'
import { test } from 'node:test'
import { execa } from 'execa'
import { makeMediaInfo, makeVideoStream } from '../../../test/support/media-info.ts'
import { planGrid } from './grid.ts'
import { canBeCutIntoPieces, planPieceRate, planPieceRendition, planPieceSize } from './pieces.ts'
import { planPieceJobs } from './plan-piece-jobs.ts'
import { planVersion } from './plan-version.ts'

function judge(changes: Parameters<typeof makeVideoStream>[0], frameRateMax = 60): true | string {
  const video = makeVideoStream(changes)
  const media = makeMediaInfo({ video })
  const wishes = { gopSeconds: 2, segmentSeconds: 6, frameRateMax }
  return canBeCutIntoPieces(media, planGrid(media, video, wishes))
}

test('a plain source can be cut into pieces, and one with few pictures missing', () => {
  assert.equal(judge({}), true)
  assert.equal(judge({ packets: 1420, variableFrameRate: true }), true)
})

const kept: Record<string, Parameters<typeof makeVideoStream>[0]> = {
  'The source is interlaced.': { interlaced: true },
  'The source is turned.': { rotation: 90 },
  'The pixels of the source are not square.': { pixelAspect: [4, 3] },
  'The source has transparent parts.': { alpha: true },
  'Too many pictures of the source are not one frame each.': { packets: 1400 },
  'Pictures in av1 cannot be cut without decoding.': { codec: 'av1' },
  'The first pictures of the source need some that its edit list hides.': {
    seekableFromSeconds: 0.5,
  },
  'The frame rate is no whole number.': { frameRate: [25, 2], packets: 750 },
  'The colours of the source are converted.': { pixelFormat: 'yuvj420p' },
}

for (const [sentence, changes] of Object.entries(kept)) {
  test(`a source stays with runners that know chunks, and is told why: ${sentence}`, () => {
    assert.equal(judge(changes), sentence)
  })
}

test('a source whose rate is above the cap can be cut: pictures that are left out are hidden', () => {
  assert.equal(judge({}, 12), true)
})

test("the size of a piece is the one that ffmpeg's rounding gives", async () => {
  const sources = [
    [1080, 720],
    [720, 1280],
    [1365, 720],
    [854, 480],
    [101, 57],
    [64, 64],
  ] as const
  for (const [width, height] of sources) {
    for (const resolution of [48, 50, 54]) {
      const scale = width < height ? `w=${resolution}:h=-2` : `w=-2:h=${resolution}`
      const input = ['-f', 'lavfi', '-i', `rgbtestsrc=s=${width}x${height}:r=1:d=1,scale=${scale}`]
      const { stdout } = await execa('ffprobe', [
        ...['-v', 'error', ...input, '-show_entries', 'stream=width,height', '-of', 'csv=p=0'],
      ])
      const size = planPieceSize({ width, height }, resolution)
      assert.equal(`${size.width},${size.height}`, stdout.trim(), `${width}x${height}`)
    }
  }
})

test('the level of a rendition of pieces holds what x264 wants for its cap and its references', () => {
  const level = (resolution: number, framesPerSecond: number) =>
    planPieceRendition('', { width: 1920, height: 1080 }, resolution, framesPerSecond).encoder.level
  assert.deepEqual(
    [level(144, 25), level(480, 30), level(720, 30), level(1080, 60)],
    ['1.2', '3.1', '3.1', '4.2'],
  )
})

test('pieces are handed out at the whole rate that is meant', () => {
  const rates = [
    [30_000, 1001],
    [24_000, 1001],
    [25, 1],
    [29_971, 1000],
  ] as const
  assert.deepEqual(
    rates.map((frameRate) => planPieceRate({ frameRate })),
    [30, 24, 25, 30],
  )
})

test('what cannot be cut is rendered by the server, but only where no runner of ours is there', () => {
  const media = makeMediaInfo({ video: makeVideoStream({ codec: 'av1' }) })
  const video = [{ height: 360, crf: 23, maxrateKbps: 700 }]
  const alone = planVersion(media, { name: 'small', video }, { own: 0, slots: 0, stock: 2 })
  assert.match(alone.piecesRendered ?? '', /av1/)
  const isRendered = planPieceJobs(alone).map(({ privatePayload }) =>
    'piece' in privatePayload ? privatePayload.piece.isRendered : 'sound',
  )
  assert.ok(
    isRendered.length > 10 && isRendered.every((value) => value === true || value === 'sound'),
  )
  const mixed = planVersion(media, { name: 'small', video }, { own: 1, slots: 1, stock: 2 })
  assert.match(mixed.piecesRefused ?? '', /av1/)
  assert.equal(planPieceJobs(mixed).length, 0)
})
