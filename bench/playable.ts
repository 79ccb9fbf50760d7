import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bench, BenchContext, Figure } from './bench.ts'
import { median } from './measure/statistics.ts'
import { makeSource } from './media/make-source.ts'
import { playBeginning } from './system/play-beginning.ts'
import { startServerProcess } from './system/server-process.ts'
import { createVideo, deleteVideo, waitForState } from './system/video-client.ts'

const lookEveryMs = 25
const givenUpAfterMs = 120_000
const repeats = 3

/** How long after its upload a video can be watched. */
export const playable: Bench = {
  name: 'playable',
  sentence: 'from the end of the upload until picture and sound of the beginning can be fetched',
  async run(context) {
    const server = await startServerProcess({
      dataDir: join(context.scratch, 'data'),
      // Warnings tell of jobs that were taken away, which is what is done here.
      env: { RUNNERS: '1', LOG_LEVEL: 'error' },
    })
    try {
      const speed = await measureSpeed(context, server.url)
      const waits = await measureWaits(context, server.url)
      return [...waits, speed]
    } finally {
      await server.stop()
    }
  },
}

/** A short video to its end; the first of a server, so that what comes after finds it warm. */
async function measureSpeed(context: BenchContext, server: string): Promise<Figure> {
  const seconds = 10
  const source = await makeSource(context, { seconds, height: 1080 })
  const startedAtMs = performance.now()
  const { id } = await createVideo(server, source)
  await waitForState(server, id, ['published'])
  const value = (seconds * 1000) / (performance.now() - startedAtMs)
  await deleteVideo(server, id)
  return { name: 'a video of 10 s, upload to published, of real time', value, unit: '×' }
}

async function measureWaits(context: BenchContext, server: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const seconds of context.short ? [10, 60] : [10, 180, 1800]) {
    const source = await makeSource(context, { seconds, height: 1080 })
    const waits: number[] = []
    for (let number = 1; number <= repeats; number++) {
      waits.push(await measureWait(context, server, source))
    }
    figures.push(
      {
        name: `playable, of ${seconds} s`,
        value: median(waits),
        unit: 's',
        target: { atMost: 3 },
      },
      { name: `  the slowest of ${repeats}`, value: Math.max(...waits), unit: 's' },
    )
  }
  return figures
}

/** Seconds until the beginning can be played. The video is then taken away, and its jobs with it. */
async function measureWait({ say }: BenchContext, server: string, source: string): Promise<number> {
  const askedAtMs = performance.now()
  const { id } = await createVideo(server, source)
  const completeAtMs = performance.now()
  while (!(await playBeginning(server, id))) {
    if (performance.now() - completeAtMs > givenUpAfterMs) throw new Error('it never plays')
    await waitForState(server, id, notFailed)
    await delay(lookEveryMs)
  }
  const playableAtMs = performance.now()
  say(
    `taken in within ${Math.round(completeAtMs - askedAtMs)} ms, ` +
      `playable ${Math.round(playableAtMs - completeAtMs)} ms later`,
  )
  await deleteVideo(server, id)
  // Deleted jobs are let go by their runner when it next says something of them.
  await delay(3000)
  return (playableAtMs - completeAtMs) / 1000
}

const notFailed = [
  'uploading',
  'probing',
  'planning',
  'encoding',
  'packaging',
  'publishing',
].concat('published')
