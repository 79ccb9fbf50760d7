import { randomUUID } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoryboardPayload } from '#jobs/file-payload.ts'
import { isIndexed, proveSeek } from '#media/probe/seek-proof.ts'
import { countCost } from '../cost.ts'
import { encodeFile, type Workplace } from '../encode-file.ts'
import type { FileWork } from '../file-work.ts'
import { type FileInput, openInput, requirePictures } from '../open-input.ts'
import { estimateFileLimitMs } from '../time-limit.ts'
import { isSeekCheaper, planTiles, type TilePlan } from './plan-tiles.ts'
import { buildJoinArguments, buildSheetArguments, buildTilesArguments } from './tile-arguments.ts'

/** Inputs that one ffmpeg opens at a time: each has a decoder with some pictures in memory. */
const tilesAtOnce = 8

/**
 * `generate-video-storyboard` (runner protocol 2.7): one JPEG with a tile for every so many
 * seconds. Tile n shows the picture that is on the screen at n × duration.
 */
export const makeStoryboard: FileWork<StoryboardPayload> = async (context) => {
  const place = { ...context, cost: countCost() }
  const { videoFileUrl } = context.payload.input
  const input = await openInput(await context.download(videoFileUrl), place)
  const plan = planTiles(context.payload, input)
  const filename = `storyboard-${randomUUID()}.jpg`
  const path = join(context.scratch, filename)
  const isSought = isSeekCheaper(input, plan) && (await canSeek(place, input))
  if (!isSought || !(await jumpThrough(place, { input, plan, path }))) {
    await readThrough(place, { input, plan, path })
  }
  return {
    files: { storyboardFile: { path, filename, type: 'image/jpeg' } },
    fields: {},
    ...place.cost.total(),
  }
}

interface Sheet {
  readonly input: FileInput
  readonly plan: TilePlan
  readonly path: string
}

/** A seek that lands elsewhere shows wrong pictures: it is proven on this very file. */
async function canSeek(place: Workplace, { path, demuxer, media, stats }: FileInput) {
  if (!isIndexed(demuxer) || !media.video || !stats) return false
  const source = { kind: 'file', path } as const
  return (await proveSeek({ source, demuxer }, media.video, { stats, keys: null }, place)) === null
}

/** The sheet by a seek for each tile; false when not every tile was found. */
async function jumpThrough(place: Workplace, { input, plan, path }: Sheet): Promise<boolean> {
  const tilesPath = join(place.scratch, 'tiles.rgb')
  const tileBytes = plan.width * plan.height * 3
  const timeoutMs = limitMs(input, plan)
  const batches = Math.ceil(plan.times.length / tilesAtOnce)
  for (let index = 0; index < batches; index += 1) {
    const times = plan.times.slice(index * tilesAtOnce, (index + 1) * tilesAtOnce)
    const batchPath = join(place.scratch, 'batch.rgb')
    const args = buildTilesArguments(input, plan, { times, path: batchPath })
    const seconds = times.length
    const part = { index, count: batches }
    await encodeFile(place, { args, path: batchPath, doing, seconds, timeoutMs, part })
    const tiles = await readFile(batchPath)
    if (tiles.length !== times.length * tileBytes) return false
    await appendFile(tilesPath, tiles)
  }
  const args = buildJoinArguments(tilesPath, plan, path)
  const part = { index: batches, count: batches + 1 }
  await encodeFile(place, { args, path, doing, seconds: 1, timeoutMs, part })
  return true
}

async function readThrough(place: Workplace, { input, plan, path }: Sheet): Promise<void> {
  const args = buildSheetArguments(input, plan, path)
  const seconds = plan.intervalSeconds * plan.columns * plan.rows
  await encodeFile(place, { args, path, doing, seconds, timeoutMs: limitMs(input, plan) })
}

const doing = 'Making the storyboard'

function limitMs(input: FileInput, { width, height, times }: TilePlan): number {
  requirePictures(input)
  return estimateFileLimitMs([input], { pixels: width * height, fps: 1, seconds: times.length })
}
