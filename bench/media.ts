import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Bench, BenchContext, Figure, Target } from './bench.ts'
import { fetchRanges } from './measure/fetch-ranges.ts'
import { median } from './measure/statistics.ts'
import { insertVersion } from './system/insert-version.ts'
import { startNginx } from './system/nginx-process.ts'
import { openServerDatabase } from './system/open-server-database.ts'
import { startServerProcess } from './system/server-process.ts'

const mebibyte = 1024 ** 2

/** What players ask for, a segment at once; and small parts, where what is asked first counts most. */
const sizes = [
  { name: 'segments of 4 MB', rangeBytes: 4 * mebibyte, target: { atLeast: 0.5 } },
  { name: 'parts of 64 kB', rangeBytes: 64 * 1024 },
] as const

/** How fast a file is served by ranges. */
export const media: Bench = {
  name: 'media',
  sentence: 'serving one file by ranges over loopback, against nginx on the same file',
  async run(context) {
    const dataDir = join(context.scratch, 'data')
    const server = await startServerProcess({ dataDir, env: { RUNNERS: '0' } })
    const { database, close } = await openServerDatabase(dataDir)
    const root = join(dataDir, 'storage')
    const nginx = await startNginx(root, context.scratch)
    try {
      const sizeBytes = (context.short ? 64 : 256) * mebibyte
      const { key, videoId } = await placeFile(database, root, sizeBytes)
      const own = `${server.url}/media/${videoId}/film.mp4`
      if (nginx === null) context.say('nginx is not installed: apt-get install nginx-light')
      const other = nginx && `${nginx.url}/${key}`
      const figures: Figure[] = []
      for (const size of sizes) {
        figures.push(...(await compare(context, { ...size, sizeBytes, own, other })))
      }
      return figures
    } finally {
      await nginx?.stop()
      await close()
      await server.stop()
    }
  },
}

/** A file of a published video. */
async function placeFile(database: Kysely<Tables>, root: string, sizeBytes: number) {
  const id = await insertVersion(database)
  const { video_id: videoId, prefix } = await database
    .updateTable('versions')
    .set({ state: 'published', playable_at: new Date(), published_at: new Date() })
    .where('id', '=', id)
    .returning(['video_id', 'prefix'])
    .executeTakeFirstOrThrow()
  await database
    .updateTable('videos')
    .set({ published_version: 1 })
    .where('id', '=', videoId)
    .execute()
  const key = `${prefix}film.mp4`
  await mkdir(dirname(join(root, key)), { recursive: true })
  await pipeline(Readable.from(fill(sizeBytes)), createWriteStream(join(root, key)))
  return { key, videoId }
}

function* fill(sizeBytes: number): Generator<Buffer> {
  const block = Buffer.alloc(mebibyte, 'film')
  for (let written = 0; written < sizeBytes; written += block.length) yield block
}

interface Comparison {
  readonly name: string
  readonly rangeBytes: number
  readonly sizeBytes: number
  readonly own: string
  readonly other: string | null
  readonly target?: Target
}

/** In turns, so that both meet the same neighbours; the median of the rounds. */
async function compare(
  { short, say }: BenchContext,
  { name, rangeBytes, sizeBytes, own, other, target }: Comparison,
): Promise<Figure[]> {
  const rounds = short ? 3 : 7
  const forMs = short ? 1000 : 2000
  const asked = { sizeBytes, rangeBytes, connections: 4, forMs }
  const ours = []
  const theirs = []
  for (let round = 1; round <= rounds; round++) {
    say(`${name}: round ${round} of ${rounds}`)
    ours.push(await fetchRanges({ ...asked, url: own }))
    if (other !== null) theirs.push(await fetchRanges({ ...asked, url: other }))
  }
  const rate = median(ours.map(({ bytesPerSecond }) => bytesPerSecond))
  const requests = median(ours.map(({ requestsPerSecond }) => requestsPerSecond))
  const figures: Figure[] = [
    { name: `${name}, bytes`, value: rate / 1e6, unit: 'MB/s' },
    { name: `${name}, requests`, value: requests, unit: '/s' },
  ]
  if (other === null) return figures
  const ratio = rate / median(theirs.map(({ bytesPerSecond }) => bytesPerSecond))
  const told = { name: `${name} ÷ nginx`, value: ratio, unit: '×' }
  return [...figures, target ? { ...told, target } : told]
}
