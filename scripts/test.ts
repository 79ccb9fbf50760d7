import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { createLogger } from '#config/log.ts'
import { startEmbedded } from '#database/embedded.ts'

// Runs the tests: node scripts/test.ts [GLOB…]. Those beside the code run in one process, those of
// test/, which start servers and kill them, in a process each. A process that does not end in its
// time is killed and counts as a failure: nothing waits for it for ever. All share one PostgreSQL
// server that is thrown away afterwards, or that of DATABASE_URL_FOR_TESTS. Ends with the totals.

const root = join(import.meta.dirname, '..')
const globs =
  process.argv.length > 2
    ? process.argv.slice(2)
    : ['src/**/*.test.ts', 'console/src/**/*.test.ts', 'test/**/*.test.ts']
const files = [...new Set(globSync(globs, { cwd: root }))].toSorted()
const isSystemTest = (file: string) => file.startsWith('test/')
/** Each is a process: the files that it runs, and the minutes that it may take on a slow machine. */
const runs = [
  { files: files.filter((file) => !isSystemTest(file)), minutes: 30 },
  ...files.filter(isSystemTest).map((file) => ({ files: [file], minutes: 10 })),
].filter((run) => run.files.length > 0)

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

async function runTests(run: (typeof runs)[number], scratch: string, url: string): Promise<Totals> {
  const tap = join(scratch, 'totals.tap')
  await rm(tap, { force: true })
  // A destination belongs to the reporter before it.
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tap}`,
  ]
  const options = ['--test-isolation=none', '--test-timeout=300000', '--test-force-exit']
  const { timedOut } = await execa(
    process.execPath,
    ['--test', ...options, ...reporters, ...run.files],
    {
      cwd: root,
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      env: { DATABASE_URL_FOR_TESTS: url },
      cancelSignal: interrupted.signal,
      timeout: run.minutes * 60_000,
      killSignal: 'SIGKILL',
      // A failure is in the totals; the others are run all the same.
      reject: false,
    },
  )
  if (timedOut) console.error(`✖ ${run.files.at(-1)}: not at its end after ${run.minutes} minutes`)
  const totals = readTotals(await readFile(tap, 'utf8').catch(() => ''))
  // A run that broke off has no totals: that must not look like success.
  return totals.has('tests') ? totals : new Map([['fail', 1]])
}

async function runAll(scratch: string, url: string): Promise<Totals> {
  const sum: Totals = new Map()
  for (const run of runs) {
    if (interrupted.signal.aborted) continue
    for (const [name, count] of await runTests(run, scratch, url)) {
      sum.set(name, (sum.get(name) ?? 0) + count)
    }
  }
  return sum
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
  const bad = (totals.get('fail') ?? 0) + (totals.get('cancelled') ?? 0)
  process.exitCode = bad > 0 || !totals.get('tests') || interrupted.signal.aborted ? 1 : 0
} finally {
  await rm(scratch, { recursive: true, force: true })
}
