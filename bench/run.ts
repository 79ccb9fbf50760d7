import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import type { Bench, Figure } from './bench.ts'
import { cpu } from './cpu.ts'
import { cycles } from './cycles.ts'
import { describeMachine } from './describe-machine.ts'
import { dispatch } from './dispatch.ts'
import { fleet } from './fleet.ts'
import { list } from './list.ts'
import { media } from './media.ts'
import { memory } from './memory.ts'
import { playable } from './playable.ts'
import { formatTable } from './print-table.ts'
import { quality } from './quality.ts'
import { scaling } from './scaling.ts'
import { upload } from './upload.ts'

const benches: readonly Bench[] = [
  cpu,
  playable,
  memory,
  scaling,
  quality,
  dispatch,
  cycles,
  fleet,
  list,
  upload,
  media,
]
const resultsDir = join(import.meta.dirname, 'results')

interface Options {
  readonly source?: string
  readonly short?: true
  readonly seconds?: string
  readonly scratch: string
}

await new Command('bench')
  .description('Measure what Reelmill is to reach; figures are printed and kept in bench/results.')
  .argument('[names...]', `of ${benches.map(({ name }) => name).join(', ')}; all when left out`)
  .option('--source <file>', 'a film to use instead of generated pictures')
  .option('--short', 'a quick look: small sizes, which say less')
  .option('--seconds <n>', 'length of the source, for cpu, scaling and quality')
  .option('--scratch <folder>', 'where work in progress goes', resultsDir)
  .action(runBenches)
  .parseAsync()

/** One at a time, for they would measure each other. */
async function runBenches(names: readonly string[], options: Options): Promise<void> {
  const chosen = names.length === 0 ? benches : names.map(findBench)
  for (const bench of chosen) {
    console.log(`${bench.name}: ${bench.sentence}`)
    const figures = await runBench(bench, options)
    console.log(`${formatTable(figures)}\n`)
    await keep(bench, figures, options)
  }
}

function findBench(name: string): Bench {
  const bench = benches.find((each) => each.name === name)
  if (bench) return bench
  console.error(`There is no bench "${name}": ${benches.map((each) => each.name).join(', ')}.`)
  process.exit(2)
}

async function runBench(bench: Bench, options: Options): Promise<readonly Figure[]> {
  await mkdir(resolve(options.scratch), { recursive: true })
  const scratch = await mkdtemp(join(resolve(options.scratch), `${bench.name}-`))
  try {
    return await bench.run({
      scratch,
      source: options.source === undefined ? null : resolve(options.source),
      short: options.short ?? false,
      seconds: options.seconds === undefined ? null : Number(options.seconds),
      say: (line) => console.error(`  … ${line}`),
    })
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function keep(bench: Bench, figures: readonly Figure[], options: Options): Promise<void> {
  const { source = null, short = false, seconds = null } = options
  const asked = { source, short, seconds }
  const result = { bench: bench.name, asked, machine: await describeMachine(), figures }
  await mkdir(resultsDir, { recursive: true })
  await writeFile(join(resultsDir, `${bench.name}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
