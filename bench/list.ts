import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Bench, BenchContext, Figure } from './bench.ts'
import { percentile } from './measure/statistics.ts'
import { fillVideos } from './system/fill-videos.ts'
import { openServerDatabase } from './system/open-server-database.ts'
import { startServerProcess } from './system/server-process.ts'

const key = 'the-key-of-this-bench'

/** What people ask of a long list; `deep` is somewhere in its middle. */
const questions: Readonly<Record<string, string>> = {
  'no filter': '',
  'one state, most have it': 'state=published',
  'one state, few have it': 'state=failed',
  'three states': 'state=failed&state=encoding&state=packaging',
  'a profile': 'profile=marsha',
  'private ones': 'visibility=private',
  'not playable': 'playable=false',
  'by metadata': 'metadata.course=123',
  'a part of the name': 'q=a1b2',
  'a part of many names': 'q=course%2012',
  'nothing is called so': 'q=nowhere-at-all',
  'before a time': 'createdBefore=2026-01-01T00:00:00Z',
  'by name': 'sort=name',
  'state, profile and name': 'state=published&profile=marsha&q=7f',
}

/** How long a page of a long list takes, over HTTP. */
export const list: Bench = {
  name: 'list',
  sentence: 'a page of GET /videos among very many, with filters, first and deep pages',
  async run(context) {
    const dataDir = join(context.scratch, 'data')
    const server = await startServerProcess({ dataDir, env: { RUNNERS: '0', ADMIN_KEY: key } })
    const { database, close } = await openServerDatabase(dataDir)
    try {
      const count = context.short ? 5000 : 100_000
      context.say(`writing ${count} videos`)
      await fillVideos(database, count)
      const figures: Figure[] = []
      for (const [name, query] of Object.entries(questions)) {
        figures.push(await measure(context, server.url, { name, query }))
      }
      figures.push(await measure(context, server.url, { name: 'deep page', query: '', pages: 200 }))
      return figures
    } finally {
      await close()
      await server.stop()
    }
  },
}

interface Question {
  readonly name: string
  readonly query: string
  /** Pages that are passed over first. */
  readonly pages?: number
}

async function measure(
  context: BenchContext,
  url: string,
  { name, query, pages = 0 }: Question,
): Promise<Figure> {
  let cursor = ''
  const ask = async (): Promise<string | null> => {
    const response = await fetch(`${url}/api/v1/videos?${query}&limit=20${cursor}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const page = (await response.json()) as { readonly next: string | null }
    if (response.status !== 200) throw new Error(JSON.stringify(page))
    return page.next
  }
  for (let number = 0; number < pages; number += 1) cursor = `&cursor=${await ask()}`
  const times: number[] = []
  for (let number = 0; number < (context.short ? 30 : 200); number += 1) {
    const before = performance.now()
    await ask()
    times.push(performance.now() - before)
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  context.say(`${name}: p50 ${p50.toFixed(1)} ms`)
  return { name: `${name}, p99`, value: p99, unit: 'ms', target: { atMost: 50 } }
}
