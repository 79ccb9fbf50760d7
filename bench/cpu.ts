import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bench, BenchContext, Figure } from './bench.ts'
import { type Cost, measureCommand } from './measure/measure-command.ts'
import { median } from './measure/statistics.ts'
import { buildCommandPerRendition, buildSingleCommand } from './media/ffmpeg-commands.ts'
import { makeSource } from './media/make-source.ts'
import { type Order, orderSource, readDefaultProfile } from './media/order-source.ts'

const program = join(import.meta.dirname, '../src/reelmill.ts')

interface Transcoded extends Cost {
  /** CPU seconds of the runners' ffmpeg alone. */
  readonly encodingCpuSeconds: number
}

interface Round {
  readonly ours: Transcoded
  /** The mean of one before and one behind ours. */
  readonly single: Omit<Cost, 'stdout'>
  readonly perRendition: Omit<Cost, 'stdout'>
}

/** What the whole of Reelmill costs beside bare ffmpeg for the same renditions. */
export const cpu: Bench = {
  name: 'cpu',
  sentence: '`transcode` (default ladder) against ffmpeg alone, for the same renditions',
  async run(context) {
    const seconds = context.seconds ?? (context.short ? 20 : 180)
    const source = await makeSource(context, { seconds, height: 1080 })
    const order = await orderSource(source, context.scratch, await readDefaultProfile())
    const rounds: Round[] = []
    for (let number = 1; number <= (context.short ? 3 : 1); number++) {
      rounds.push(await measureRound(context, source, order))
    }
    return summarize(rounds, seconds)
  },
}

async function measureRound(context: BenchContext, source: string, order: Order): Promise<Round> {
  const folder = await mkdtemp(join(context.scratch, 'round-'))
  const measureSingle = async () => {
    const cost = await measureCommand({ words: buildSingleCommand(order, folder) })
    tell(context, 'a single ffmpeg', cost)
    return cost
  }
  // Machines grow faster and slower over minutes: what changes evenly falls out of the ratio.
  const before = await measureSingle()
  const ours = await transcode(source, folder)
  tell(context, 'transcode', ours)
  const single = mean(before, await measureSingle())
  const perRendition = await measureAll(buildCommandPerRendition(order, folder))
  tell(context, 'an ffmpeg for each rendition', perRendition)
  await rm(folder, { recursive: true })
  return { ours, single, perRendition }
}

async function transcode(source: string, folder: string): Promise<Transcoded> {
  const output = join(folder, 'output')
  await mkdir(folder, { recursive: true })
  const words = [process.execPath, program, 'transcode', source, '-o', output, '--json']
  const cost = await measureCommand({ words, daemonFolder: folder })
  const video = JSON.parse(cost.stdout) as { readonly cost: { readonly cpuSeconds: number } }
  return { ...cost, encodingCpuSeconds: video.cost.cpuSeconds }
}

/** One after the other: each uses all cores by itself. */
async function measureAll(commands: readonly string[][]): Promise<Omit<Cost, 'stdout'>> {
  let total = { cpuSeconds: 0, wallSeconds: 0 }
  for (const words of commands) {
    const { cpuSeconds, wallSeconds } = await measureCommand({ words })
    total = {
      cpuSeconds: total.cpuSeconds + cpuSeconds,
      wallSeconds: total.wallSeconds + wallSeconds,
    }
  }
  return total
}

function mean(one: Cost, other: Cost): Omit<Cost, 'stdout'> {
  return {
    cpuSeconds: (one.cpuSeconds + other.cpuSeconds) / 2,
    wallSeconds: (one.wallSeconds + other.wallSeconds) / 2,
  }
}

function tell({ say }: BenchContext, what: string, cost: Omit<Cost, 'stdout'>): void {
  say(`${what}: CPU ${cost.cpuSeconds.toFixed(1)} s, wall clock ${cost.wallSeconds.toFixed(1)} s`)
}

function summarize(rounds: readonly Round[], seconds: number): Figure[] {
  const middle = (name: string, of: (round: Round) => number): Omit<Figure, 'target'> => ({
    name,
    value: median(rounds.map(of)),
    unit: '×',
  })
  return [
    {
      ...middle('CPU ÷ a single ffmpeg', (r) => r.ours.cpuSeconds / r.single.cpuSeconds),
      target: { atMost: 1.05 },
    },
    middle('  of which encoding', (r) => r.ours.encodingCpuSeconds / r.single.cpuSeconds),
    middle(
      '  of which all else',
      (r) => (r.ours.cpuSeconds - r.ours.encodingCpuSeconds) / r.single.cpuSeconds,
    ),
    {
      ...middle(
        'faster than an ffmpeg for each rendition',
        (r) => r.perRendition.wallSeconds / r.ours.wallSeconds,
      ),
      target: { atLeast: 1.5 },
    },
    middle('  the same by CPU', (r) => r.perRendition.cpuSeconds / r.ours.cpuSeconds),
    middle(
      '  a single ffmpeg against those',
      (r) => r.perRendition.wallSeconds / r.single.wallSeconds,
    ),
    middle('wall clock ÷ a single ffmpeg', (r) => r.ours.wallSeconds / r.single.wallSeconds),
    middle('speed, of real time', (r) => seconds / r.ours.wallSeconds),
  ]
}
