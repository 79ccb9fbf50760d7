import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { createLogger } from '#config/log.ts'
import { startEmbedded } from '#database/embedded.ts'

// Runs the tests: node scripts/test.ts [GLOB…]. Those beside the code run in one process, those of
// test/, which start servers and kill them, in a process each. All share one PostgreSQL server that
// is thrown away afterwards, or that of DATABASE_URL_FOR_TESTS. Ends with the totals of all.

const root = join(import.meta.dirname, '..')
const globs =
  process.argv.length > 2 ? process.argv.slice(2) : ['src/**/*.test.ts', 'test/**/*.test.ts']
const files = [...new Set(globSync(globs, { cwd: root }))].toSorted()
const isSystemTest = (file: string) => file.startsWith('test/')
const groups = [
  { files: files.filter((file) => !isSystemTest(file)), isolation: 'none' },
  { files: files.filter(isSystemTest), isolation: 'process' },
] as const

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

async function runTests(
  group: (typeof groups)[number],
  scratch: string,
  url: string,
): Promise<Totals> {
  const tap = join(scratch, `${group.isolation}.tap`)
  // A destination belongs to the reporter before it.
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tap}`,
  ]
  const options = [
    `--test-isolation=${group.isolation}`,
    '--test-concurrency=1',
    '--test-timeout=300000',
  ]
  await execa(process.execPath, ['--test', ...options, ...reporters, ...group.files], {
    cwd: root,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    env: { DATABASE_URL_FOR_TESTS: url },
    cancelSignal: interrupted.signal,
    // A failure is in the totals; the others are run all the same.
    reject: false,
  })
  const totals = readTotals(await readFile(tap, 'utf8').catch(() => ''))
  // A run that broke off has no totals: that must not look like success.
  return totals.has('tests') ? totals : new Map([['fail', 1]])
}

async function runAll(scratch: string, url: string): Promise<Totals> {
  const sum: Totals = new Map()
  for (const group of groups) {
    if (group.files.length === 0 || interrupted.signal.aborted) continue
    for (const [name, count] of await runTests(group, scratch, url)) {
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
