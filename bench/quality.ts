import { mkdtemp, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import type { ChunkPayload } from '#jobs/payload.ts'
import type { Bench, BenchContext, Figure } from './bench.ts'
import { bringJudge } from './judge/bring-judge.ts'
import { scoreFrames } from './judge/score-frames.ts'
import { harmonicMean, mean, percentile } from './measure/statistics.ts'
import { encodeChunks } from './media/encode-chunks.ts'
import { buildReferenceCommand, buildWholeFileCommand } from './media/ffmpeg-commands.ts'
import { makeSource } from './media/make-source.ts'
import { type Order, orderSource, readDefaultProfile } from './media/order-source.ts'

/** Longest chunks to be tried, in seconds. */
const chunkLengths = [6, 12, 60]

interface Scores {
  readonly rendition: string
  readonly mean: number
  readonly harmonicMean: number
  readonly first: number
  readonly worst: number
}

interface Studio {
  readonly context: BenchContext
  readonly judge: string
  readonly references: string
}

/** What cutting into chunks does to the picture. */
export const quality: Bench = {
  name: 'quality',
  sentence: 'VMAF of the chunked encode against that of the whole file, same settings',
  async run(context) {
    const seconds = context.seconds ?? (context.short ? 14 : 60)
    const source = await makeSource(context, { seconds, height: 540 })
    const judge = await bringJudge(context.say)
    const profile = await readDefaultProfile()
    const order = await orderSource(source, context.scratch, profile)
    const references = await mkdtemp(join(context.scratch, 'reference-'))
    await runFfmpeg(buildReferenceCommand(order, references))
    const studio = { context, judge, references }
    const whole = await scoreWhole(studio, order)
    const losses: Loss[] = []
    for (const chunkSecondsMax of context.short ? [6] : chunkLengths) {
      const cut = await orderSource(source, context.scratch, { ...profile, chunkSecondsMax })
      for (const [tail, change] of Object.entries(tails)) {
        const chunks = cut.chunks.map(change)
        const chunked = await scoreChunks(studio, cut.path, chunks)
        losses.push(...compare(whole, chunked, { chunkSecondsMax, tail }))
      }
    }
    return summarize(losses)
  },
}

/** What is encoded past a chunk's end: as planned, and a whole GOP for comparison. */
const tails: Readonly<Record<string, (payload: ChunkPayload) => ChunkPayload>> = {
  planned: (payload) => payload,
  'whole GOP': (payload) => {
    const { grid, chunk } = payload
    const endFrame = chunk.firstFrame + (chunk.frames ?? 0)
    const left = (grid.frames ?? endFrame) - endFrame
    return { ...payload, chunk: { ...chunk, tailFrames: Math.min(left, grid.gopFrames) } }
  },
}

async function runFfmpeg([file = '', ...args]: readonly string[]): Promise<void> {
  await execa(file, args, { stderr: 'inherit' })
}

async function scoreWhole(studio: Studio, order: Order): Promise<Scores[]> {
  const folder = await mkdtemp(join(studio.context.scratch, 'whole-'))
  await runFfmpeg(buildWholeFileCommand(order, folder))
  return scoreAll(studio, order.plan.video, folder)
}

async function scoreChunks(
  studio: Studio,
  source: string,
  chunks: readonly ChunkPayload[],
): Promise<Scores[]> {
  const folder = await mkdtemp(join(studio.context.scratch, 'chunked-'))
  await encodeChunks(source, chunks, folder)
  const renditions = chunks.flatMap((chunk) => chunk.renditions)
  const names = [...new Set(renditions.map(({ name }) => name))]
  return scoreAll(
    studio,
    names.map((name) => ({ name })),
    folder,
  )
}

/** The judge reads both files from one folder. */
async function scoreAll(
  { context, judge, references }: Studio,
  renditions: readonly { readonly name: string }[],
  folder: string,
): Promise<Scores[]> {
  const all: Scores[] = []
  for (const { name } of renditions) {
    const distorted = join(references, `distorted-${name}.mp4`)
    await rename(join(folder, `${name}.mp4`), distorted)
    const reference = join(references, `${name}.mp4`)
    const frames = await scoreFrames({ judge, distorted, reference })
    const scores = {
      rendition: name,
      mean: mean(frames),
      harmonicMean: harmonicMean(frames),
      first: percentile(frames, 0.01),
      worst: Math.min(...frames),
    }
    const { mean: average, worst, first } = scores
    context.say(
      `${folder.split('/').at(-1)} ${name}: ${frames.length} frames, mean ${average.toFixed(2)}, ` +
        `1st percentile ${first.toFixed(2)}, worst ${worst.toFixed(2)} at ${frames.indexOf(worst)}`,
    )
    all.push(scores)
  }
  return all
}

interface Cut {
  readonly chunkSecondsMax: number
  readonly tail: string
}

/** Points that a rendition lost by being cut. */
interface Loss extends Cut, Scores {}

function compare(whole: readonly Scores[], chunked: readonly Scores[], cut: Cut): Loss[] {
  return whole.flatMap((before) => {
    const after = chunked.find(({ rendition }) => rendition === before.rendition)
    if (!after) return []
    return {
      ...cut,
      rendition: before.rendition,
      mean: before.mean - after.mean,
      harmonicMean: before.harmonicMean - after.harmonicMean,
      first: before.first - after.first,
      worst: before.worst - after.worst,
    }
  })
}

/** Of each cut the rendition that lost most; targets are those of the tail as planned. */
function summarize(losses: readonly Loss[]): Figure[] {
  const cuts = new Map<string, Loss[]>()
  for (const loss of losses) {
    const key = `chunks of ${loss.chunkSecondsMax} s, tail ${loss.tail}`
    cuts.set(key, [...(cuts.get(key) ?? []), loss])
  }
  return [...cuts].flatMap(([cut, own]) => {
    const most = (of: (loss: Loss) => number): number => Math.max(...own.map(of))
    const isPlanned = cut.endsWith('planned')
    const figure = (name: string, value: number, atMost?: number): Figure => ({
      name: `${cut}: ${name} lost`,
      value,
      unit: 'VMAF',
      ...(isPlanned && atMost !== undefined ? { target: { atMost } } : {}),
    })
    return [
      figure(
        'mean',
        most((loss) => loss.mean),
        0.3,
      ),
      figure(
        'harmonic mean',
        most((loss) => loss.harmonicMean),
      ),
      figure(
        '1st percentile',
        most((loss) => loss.first),
      ),
      figure(
        'worst frame',
        most((loss) => loss.worst),
        1,
      ),
    ]
  })
}
