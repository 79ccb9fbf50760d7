import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { createLogger } from '#config/log.ts'
import { startEmbedded } from '#database/embedded.ts'

// Runs the tests: node scripts/test.ts [GLOB…]. Those beside the code run in a few processes, those of
// test/, which start servers and kill them, in a process each; as many at once as there are cores, for
// most of their time is waiting, and what each printed comes when it has ended. Those of pages come
// last and one at a time: a browser beside an encoder wants both cores. A process that does not end in
// its time is killed and counts as a failure: nothing waits for it for ever. All share one PostgreSQL
// server that is thrown away afterwards, or that of DATABASE_URL_FOR_TESTS. Ends with the totals, and
// with the processes that failed or took longest.

const root = join(import.meta.dirname, '..')
const globs =
  process.argv.length > 2
    ? process.argv.slice(2)
    : ['src/**/*.test.ts', 'console/src/**/*.test.ts', 'test/**/*.test.ts']
const files = [...new Set(globSync(globs, { cwd: root }))].toSorted()
const isSystemTest = (file: string) => file.startsWith('test/')
const isPageTest = (file: string) => file.startsWith('test/pages/')
/**
 * Files of one process: what they open outside of their tests is open from its start to its end, a
 * server with five sessions of the database each. With all files in one, PostgreSQL's hundred were not
 * enough.
 */
const filesAtOnce = 20
/** A process: the files that it runs, and the minutes that it may take on a slow machine. */
interface Run {
  readonly files: readonly string[]
  readonly minutes: number
}

/** More would be more than PostgreSQL has sessions for. */
const runsAtOnce = Math.min(availableParallelism(), 4)
const alone = (file: string): Run => ({ files: [file], minutes: 20 })
const pageRuns: readonly Run[] = files.filter(isPageTest).map(alone)
const runs: readonly Run[] = [
  ...files.filter((file) => isSystemTest(file) && !isPageTest(file)).map(alone),
  ...inGroups(files.filter((file) => !isSystemTest(file))).map((group) => ({
    files: group,
    minutes: 30,
  })),
]

function inGroups(all: readonly string[]): string[][] {
  const count = Math.ceil(all.length / filesAtOnce)
  return Array.from({ length: count }, (_, at) =>
    all.slice(at * filesAtOnce, (at + 1) * filesAtOnce),
  )
}

/** Interrupted or told to end: the tests are, and then what they used is taken away as always. */
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())

type Totals = Map<string, number>

/** node:test's closing lines in a TAP file: `# pass 12`. */
function readTotals(tap: string): Totals {
  const lines = tap.matchAll(
    /^# (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) (\S+)$/gm,
  )
  return new Map([...lines].map(([, name = '', count]) => [name, Number(count)]))
}

async function runTests(run: Run, scratch: string, url: string): Promise<Totals> {
  const tap = join(await mkdtemp(join(scratch, 'run-')), 'totals.tap')
  // A destination belongs to the reporter before it.
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tap}`,
  ]
  const options = ['--test-isolation=none', '--test-timeout=600000', '--test-force-exit']
  const { timedOut, all } = await execa(
    process.execPath,
    ['--test', ...options, ...reporters, ...run.files],
    {
      cwd: root,
      stdin: 'ignore',
      all: true,
      maxBuffer: 1e9,
      env: { DATABASE_URL_FOR_TESTS: url },
      cancelSignal: interrupted.signal,
      timeout: run.minutes * 60_000,
      killSignal: 'SIGKILL',
      // A failure is in the totals; the others are run all the same.
      reject: false,
    },
  )
  console.log(all)
  if (timedOut) console.log(`✖ ${nameRun(run)}: not at its end after ${run.minutes} minutes`)
  const totals = readTotals(await readFile(tap, 'utf8').catch(() => ''))
  // A run that broke off has no totals: that must not look like success.
  return totals.has('tests') ? totals : new Map([['fail', 1]])
}

function nameRun({ files: [first = '', ...others] }: Run): string {
  return others.length === 0 ? first : `${first} … ${others.at(-1)}`
}

/** All of them; then says which failed and which took longest. */
async function runAll(scratch: string, url: string): Promise<Totals> {
  const sum: Totals = new Map()
  const done: { readonly name: string; readonly seconds: number; readonly failed: boolean }[] = []
  const runSome = async (some: Iterable<Run>) => {
    for (const run of some) if (!interrupted.signal.aborted) await runOne(run)
  }
  const runOne = async (run: Run) => {
    const startedMs = performance.now()
    const totals = await runTests(run, scratch, url)
    for (const [name, count] of totals) sum.set(name, (sum.get(name) ?? 0) + count)
    const seconds = Math.round((performance.now() - startedMs) / 1000)
    done.push({ name: nameRun(run), seconds, failed: countBad(totals) > 0 })
  }
  // Each takes the next one that nobody has.
  const waiting = runs.values()
  await Promise.all(Array.from({ length: runsAtOnce }, () => runSome(waiting)))
  await runSome(pageRuns)
  const slowest = done.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10)
  console.log('\nThe longest:')
  for (const { name, seconds } of slowest) console.log(`${String(seconds).padStart(5)} s  ${name}`)
  for (const { name } of done.filter(({ failed }) => failed)) console.log(`✖ in ${name}`)
  return sum
}

function countBad(totals: Totals): number {
  return (totals.get('fail') ?? 0) + (totals.get('cancelled') ?? 0)
}

async function withDatabase<T>(scratch: string, use: (url: string) => Promise<T>): Promise<T> {
  const given = process.env['DATABASE_URL_FOR_TESTS']
  if (given) return use(given)
  const log = createLogger({ logLevel: 'warn' })
  const embedded = await startEmbedded({ dataDir: scratch, log, durable: false })
  try {
    return await use(`postgres:///postgres?host=${join(scratch, 'postgres')}&user=reelmill`)
  } finally {
    await embedded.stop()
  }
}

const scratch = await mkdtemp(join(tmpdir(), 'reelmill-test-'))
try {
  const totals = await withDatabase(scratch, (url) => runAll(scratch, url))
  for (const [name, count] of totals) console.log(`# ${name} ${count}`)
  process.exitCode =
    countBad(totals) > 0 || !totals.get('tests') || interrupted.signal.aborted ? 1 : 0
} finally {
  await rm(scratch, { recursive: true, force: true })
}
