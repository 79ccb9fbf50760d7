import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createRegistrationToken } from '#runners/registration-tokens.ts'
import type { Bench, BenchContext, Figure } from './bench.ts'
import { mean, median } from './measure/statistics.ts'
import { makeSource } from './media/make-source.ts'
import { openServerDatabase } from './system/open-server-database.ts'
import { type LimitedRunner, startLimitedRunner } from './system/runner-process.ts'
import { type ServerProcess, startServerProcess } from './system/server-process.ts'
import { createVideo, deleteVideo, waitForState } from './system/video-client.ts'

const coresEach = 0.5

interface Measured {
  /** From the end of the upload to the last segment. */
  readonly wallSeconds: number
  /** Of all runners; null where it cannot be told. */
  readonly cpuSeconds: number | null
}

/** Two runners, and one before and after them: the machine drifts by a tenth within minutes. */
interface Round {
  readonly ones: readonly [Measured, Measured]
  readonly two: Measured
}

/** What a second runner with the same share of CPU adds. */
export const scaling: Bench = {
  name: 'scaling',
  sentence: `two runners of ${coresEach} cores each against one, the server not limited`,
  async run(context) {
    const seconds = context.seconds ?? (context.short ? 60 : 240)
    const source = await makeSource(context, { seconds, height: 360 })
    const dataDir = join(context.scratch, 'data')
    const server = await startServerProcess({ dataDir, env: { RUNNERS: '0' } })
    try {
      const registrationToken = await makeRegistrationToken(dataDir)
      const measure = (runners: number): Promise<Measured> =>
        measureRunners({ context, server, source, registrationToken, runners })
      const rounds: Round[] = []
      let before = await measure(1)
      for (let number = 1; number <= (context.short ? 1 : 3); number++) {
        const two = await measure(2)
        const after = await measure(1)
        rounds.push({ ones: [before, after], two })
        before = after
      }
      return summarize(rounds)
    } finally {
      await server.stop()
    }
  },
}

async function makeRegistrationToken(dataDir: string): Promise<string> {
  const { database, close } = await openServerDatabase(dataDir)
  try {
    return (await createRegistrationToken(database)).token
  } finally {
    await close()
  }
}

interface Trial {
  readonly context: BenchContext
  readonly server: ServerProcess
  readonly source: string
  readonly registrationToken: string
  readonly runners: number
}

async function measureRunners({ context, server, source, ...trial }: Trial): Promise<Measured> {
  const scratch = await mkdtemp(join(context.scratch, 'runners-'))
  const runners = await startRunners(server, scratch, trial)
  try {
    const cpuBefore = sumCpu(runners)
    const startedAtMs = performance.now()
    const { id } = await createVideo(server.url, source)
    await waitForState(server.url, id, ['packaging', 'publishing', 'published'])
    const wallSeconds = (performance.now() - startedAtMs) / 1000
    const cpuAfter = sumCpu(runners)
    const cpuSeconds = cpuAfter === null || cpuBefore === null ? null : cpuAfter - cpuBefore
    context.say(`${trial.runners} of them: ${wallSeconds.toFixed(1)} s, CPU ${cpuSeconds ?? '?'} s`)
    await waitForState(server.url, id, ['published'])
    await deleteVideo(server.url, id)
    return { wallSeconds, cpuSeconds }
  } finally {
    await Promise.all(runners.map((runner) => runner.stop()))
  }
}

async function startRunners(
  server: ServerProcess,
  scratch: string,
  trial: Pick<Trial, 'registrationToken' | 'runners'>,
): Promise<LimitedRunner[]> {
  const { registrationToken, runners } = trial
  const common = { server: server.url, registrationToken, scratch, cores: coresEach }
  const started: LimitedRunner[] = []
  for (let number = 0; number < runners; number++) {
    started.push(await startLimitedRunner({ ...common, number }))
  }
  await waitForRunners(server.dataDir, runners)
  return started
}

/** Runners that have gone have no row any more: these run for one trial only. */
async function waitForRunners(dataDir: string, wanted: number): Promise<void> {
  const { database, close } = await openServerDatabase(dataDir)
  try {
    for (;;) {
      const { count } = await database
        .selectFrom('runners')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      if (count === wanted) return
      await delay(50)
    }
  } finally {
    await close()
  }
}

function sumCpu(runners: readonly LimitedRunner[]): number | null {
  let sum = 0
  for (const runner of runners) {
    const seconds = runner.cpuSeconds()
    if (seconds === null) return null
    sum += seconds
  }
  return sum
}

function summarize(rounds: readonly Round[]): Figure[] {
  const ratios = rounds.map(({ ones, two }) => {
    return mean(ones.map(({ wallSeconds }) => wallSeconds)) / two.wallSeconds
  })
  const figures: Figure[] = [
    {
      name: `two runners ÷ one, work a second (${ratios.map((ratio) => ratio.toFixed(3)).join(', ')})`,
      value: median(ratios),
      unit: '×',
      target: { atLeast: 1.9 },
    },
  ]
  const known: Figure[] = [
    {
      name: '  CPU of two ÷ CPU of one, for the same video',
      value: median(rounds.map(({ ones, two }) => cpuOf(two) / mean(ones.map(cpuOf)))),
      unit: '×',
    },
    // Below 1 the machine itself was short of CPU, or a runner had nothing to do.
    {
      name: '  share of its CPU that one runner used',
      value: median(rounds.map(({ ones }) => mean(ones.map((one) => shareOf(one, 1))))),
      unit: '×',
    },
    {
      name: '  share of their CPU that two used',
      value: median(rounds.map(({ two }) => shareOf(two, 2))),
      unit: '×',
    },
  ]
  return [...figures, ...known.filter(({ value }) => !Number.isNaN(value))]
}

function cpuOf({ cpuSeconds }: Measured): number {
  return cpuSeconds ?? Number.NaN
}

function shareOf(measured: Measured, runners: number): number {
  return cpuOf(measured) / (measured.wallSeconds * coresEach * runners)
}
