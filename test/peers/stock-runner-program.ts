import { parseArgs } from 'node:util'
import { type StockRelease, stockHabits } from './stock-release.ts'
import { startStockRunner } from './stock-runner.ts'

// The double of a stock runner as a program, so that it can be killed:
//   node test/peers/stock-runner-program.ts --url URL --registration-token TOKEN
//     [--release 0.6.0|0.0.21] [--runner-name NAME] [--concurrency 2] [--enable-job TYPE]… [--id test-1]
// Each of its calls is a line of JSON on the standard output.

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    'registration-token': { type: 'string' },
    'runner-name': { type: 'string' },
    release: { type: 'string', default: '0.6.0' },
    concurrency: { type: 'string', default: '2' },
    'enable-job': { type: 'string', multiple: true },
    id: { type: 'string', default: 'default' },
  },
})

function readRelease(text: string): StockRelease {
  if (Object.hasOwn(stockHabits, text)) return text as StockRelease
  throw new Error(`--release: one of ${Object.keys(stockHabits).join(', ')}`)
}

function demand(name: 'url' | 'registration-token'): string {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is needed`)
  return value
}

const name = values['runner-name']
const starting = startStockRunner({
  release: readRelease(values.release),
  servers: [{ url: demand('url'), registrationToken: demand('registration-token') }],
  ...(name === undefined ? {} : { name }),
  concurrency: Number(values.concurrency),
  enableJobs: values['enable-job'],
  updateEveryMs: /^test-\d$/.test(values.id) ? 500 : 60_000,
  onCall: (call) => console.log(JSON.stringify(call)),
})

// Before it has started, for the signal may come with its first job; and for good: a listener that is
// gone when execa looks, while ffmpeg runs, would make it end the process at once.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGUSR2'] as const) {
  process.on(signal, () => {
    void starting.then((runner) => runner.stop()).then(() => process.exit(0))
  })
}

await starting
