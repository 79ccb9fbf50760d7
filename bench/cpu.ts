import { mkdir, rm } from 'node:fs/promises'
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
  /** The mean of one before and one behind the others. */
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
    return summarize(await measureRounds(context, source, order), seconds)
  },
}

/** Each between two of the single command: machines grow faster and slower within minutes. */
async function measureRounds(
  context: BenchContext,
  source: string,
  order: Order,
): Promise<readonly Round[]> {
  const rounds: Round[] = []
  const folder = join(context.scratch, 'outputs')
  const tell = (what: string, { cpuSeconds, wallSeconds }: Omit<Cost, 'stdout'>) =>
    context.say(`${what}: CPU ${cpuSeconds.toFixed(1)} s, wall clock ${wallSeconds.toFixed(1)} s`)
  const measureSingle = async () => {
    await mkdir(folder)
    const cost = await measureCommand({ words: buildSingleCommand(order, folder) })
    tell('a single ffmpeg', cost)
    return cost
  }
  let before = await measureSingle()
  for (let number = 1; number <= 3; number++) {
    const ours = await transcode(source, folder)
    tell('transcode', ours)
    const perRendition = await measureAll(buildCommandPerRendition(order, folder))
    tell('an ffmpeg for each rendition', perRendition)
    await rm(folder, { recursive: true })
    const after = await measureSingle()
    rounds.push({ ours, perRendition, single: mean(before, after) })
    before = after
  }
  return rounds
}

async function transcode(source: string, folder: string): Promise<Transcoded> {
  const output = join(folder, 'output')
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
