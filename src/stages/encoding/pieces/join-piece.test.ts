import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { PieceOrder } from '#jobs/piece.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import { writeInit } from '#media/boxes/write-init.ts'
import { checkOutput } from '#media/conformance/check-output.ts'
import type { VideoTrack } from '#media/tracks/track.ts'
import { writePackage } from '#stages/packaging/write-package.ts'
import { makeClip } from '../../../../test/support/clip.ts'
import { makeWebVideo } from '../files/web-video.ts'
import { makeContext } from '../files/work-context.test-support.ts'
import { cutPiece } from './cut-piece.ts'
import { type JoinedPiece, joinPiece } from './join-piece.ts'
import {
  encodeAsStock,
  hashPictures,
  listOrders,
  type PlannedSource,
  planSource,
  type StockVersion,
  stockVersions,
} from './pieces.test-support.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-joined-'))
test.after(() => rm(folder, { recursive: true, force: true }))

/** Cuts of the scene make key frames where nobody planned them. */
const scenes = ['-vf', "negate=enable='gt(mod(t,1.3),0.7)'", '-bf', '3']

async function work(
  order: PieceOrder,
  source: PlannedSource,
  {
    version = 'fps filter',
    rateBps = order.rendition.encoder.maxrateBps,
  }: { version?: StockVersion; rateBps?: number } = {},
): Promise<Buffer> {
  const input = join(folder, 'input.mp4')
  const output = join(folder, 'output.mp4')
  await cutPiece(order, { kind: 'file', path: source.path }, input)
  await encodeAsStock(order, { version, rateBps, input, output })
  return readFile(output)
}

/** Writes the only track with its playlists; returns the folder. */
async function publish(source: PlannedSource, pieces: readonly JoinedPiece[]): Promise<string> {
  const { plan } = source
  const [rendition] = plan.video
  const [first] = pieces
  if (!rendition || !first || !plan.grid) throw new TypeError('there are pieces')
  const { name, width, height } = rendition
  const segments = pieces.map(({ segment, inspected }, number) => ({
    number,
    bytes: segment.length,
    durationTicks: inspected.durationTicks,
    keyframes: inspected.keyframes,
  }))
  const { codecs, timescale } = parseInit(first.init)
  const { frameRate } = plan.grid
  const initBytes = first.init.length
  const track: VideoTrack = {
    kind: 'video',
    ...{ name, width, height, codecs, timescale, frameRate, initBytes, segments },
  }
  const place = await mkdtemp(join(folder, 'output-'))
  const put = async (path: string, data: Buffer | string) => {
    await mkdir(dirname(join(place, path)), { recursive: true })
    await writeFile(join(place, path), data)
  }
  await put(`${name}/init.mp4`, first.init)
  for (const [number, { segment }] of pieces.entries()) await put(`${name}/${number}.m4s`, segment)
  const timing = { targetDurationSeconds: 1, segmentSeconds: 1 }
  for (const { path, text } of writePackage([track], [], timing)) await put(path, text)
  return place
}

const rates: Record<string, string> = { '25': '25', '29.97': '30000/1001', '23.976': '24000/1001' }

for (const version of stockVersions) {
  for (const [name, frameRate] of Object.entries(rates)) {
    test(`what stock runners (${version}) make of pieces at ${name} joins to one track that is without fault`, async () => {
      const clip = await makeClip({ folder, name: `${name}.mp4`, frameRate, output: scenes })
      const source = await planSource(clip, folder, { height: 90 })
      const pieces: JoinedPiece[] = []
      for (const order of listOrders(source)) {
        pieces.push(joinPiece(order, await work(order, source, { version })))
      }
      const [first] = pieces
      assert.ok(first && pieces.every(({ init }) => init.equals(first.init)))
      const { leadTicks } = parseInit(first.init)
      assert.ok(source.plan.picture)
      const look = { color: source.plan.picture.color, pixelAspect: [1, 1] } as const
      assert.ok(writeInit(first.init, { leadTicks, look }).equals(first.init))
      const output = await publish(source, pieces)
      const report = await checkOutput(output, { decode: true })
      assert.deepEqual(
        report.findings.filter(({ rule }) => !expectedFindings.has(rule)),
        [],
      )
      const playlist = join(output, source.plan.video[0]?.name ?? '', 'index.m3u8')
      const frames = await hashPictures(['-i', playlist, '-vsync', 'passthrough'])
      assert.equal(frames.length, source.plan.grid?.frames)
    })
  }
}

/** One rendition alone, in segments of a second, for speed. */
const expectedFindings = new Set(['9.9', '7.5'])

test('pieces by stock runners and by our own make one track (D-107)', async () => {
  const sizes = { landscape: '322x178', portrait: '90x160' }
  for (const [name, size] of Object.entries(sizes)) {
    const clip = await makeClip({ folder, name: `mixed-${name}.mp4`, size, output: scenes })
    const source = await planSource(clip, folder, { height: 90 })
    const pieces: JoinedPiece[] = []
    for (const order of listOrders(source)) {
      const isOurs = order.piece.segment % 2 === 1
      pieces.push(joinPiece(order, await (isOurs ? workOurselves : work)(order, source)))
    }
    const [first] = pieces
    assert.ok(first && pieces.every(({ init }) => init.equals(first.init)), name)
    const report = await checkOutput(await publish(source, pieces), { decode: true })
    assert.deepEqual(
      report.findings.filter(({ rule }) => !expectedFindings.has(rule)),
      [],
    )
  }
})

async function workOurselves(order: PieceOrder, source: PlannedSource): Promise<Buffer> {
  const videoFileUrl = join(folder, 'input.mp4')
  await cutPiece(order, { kind: 'file', path: source.path }, videoFileUrl)
  const { width, height } = order.rendition
  const output = { resolution: Math.min(width, height), fps: order.piece.framesPerSecond }
  const scratch = await mkdtemp(join(folder, 'work-'))
  const context = await makeContext({ input: { videoFileUrl }, output }, { scratch })
  const { files } = await makeWebVideo(context)
  return readFile(files.videoFile?.path ?? '')
}

test('pieces of one track may need different levels: the planned one is written into all', async () => {
  const clip = await makeClip({ folder, name: 'levels.mp4', seconds: 2, size: '320x180' })
  const source = await planSource(clip, folder, { height: 180 })
  const [first, second] = listOrders(source).map((order) => {
    const encoder = { ...order.rendition.encoder, level: '2.1' }
    return { ...order, rendition: { ...order.rendition, encoder } }
  })
  assert.ok(first && second)
  const low = await work(first, source, { rateBps: 60_000 })
  const high = await work(second, source, { rateBps: 700_000 })
  assert.notEqual(readLevel(low), readLevel(high))
  assert.ok(joinPiece(first, low).init.equals(joinPiece(second, high).init))
})

function readLevel(file: Buffer): number {
  return file.readUInt8(file.indexOf('avcC') + 7)
}

test('what is not as ordered is refused, saying why', async () => {
  const clip = await makeClip({ folder, name: 'refused.mp4', seconds: 2 })
  const source = await planSource(clip, folder, { height: 90 })
  const [order] = listOrders(source)
  assert.ok(order)
  const good = await work(order, source)
  const refusal = (changes: Partial<PieceOrder>, file = good): string => {
    try {
      joinPiece({ ...order, ...changes }, file)
    } catch (error) {
      if (error instanceof ReelmillError && error.code === 'segment_refused') return error.message
      throw error
    }
    return 'taken'
  }
  const { piece, rendition } = order
  assert.equal(refusal({}), 'taken')
  assert.match(refusal({ piece: { ...piece, frames: 26 } }), /missing/)
  assert.match(refusal({ piece: { ...piece, frames: 20 } }), /too many/)
  assert.match(refusal({ rendition: { ...rendition, width: 162 } }), /width/)
  assert.match(refusal({}, good.subarray(0, 500)), /wrong|outside|moov/)
  const { encoder } = rendition
  assert.match(
    refusal({ rendition: { ...rendition, encoder: { ...encoder, level: '0.9' } } }),
    /level/,
  )
  for (let offset = 0; offset < good.indexOf('mdat'); offset += 1) {
    const spoiled = Buffer.from(good)
    spoiled.writeUInt8(255, offset)
    refusal({}, spoiled)
  }
})
