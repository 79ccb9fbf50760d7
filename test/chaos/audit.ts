import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { VideoView } from '#videos/video-view.ts'
import { countFrames } from '../support/count-frames.ts'
import { listFiles } from '../support/files.ts'
import { listProcesses } from '../support/processes.ts'
import type { Farm } from './farm.ts'

/** A video that was taken in, and the pictures that it must have. */
export interface Expected {
  readonly id: string
  readonly frames: number
}

/** Everything that is wrong after a storm, in sentences; none when all is well. */
export async function auditVideos(farm: Farm, expected: readonly Expected[]): Promise<string[]> {
  const faults: string[] = []
  for (const { id, frames } of expected) {
    const video = await farm.server().video(id)
    faults.push(...(await auditVideo(video, frames)).map((fault) => `${id} ${fault}`))
  }
  return [...faults, ...(await auditRows(farm, expected.length))]
}

async function auditVideo(video: VideoView, frames: number): Promise<string[]> {
  if (video.state !== 'published') return [`is ${video.state}: ${JSON.stringify(video.error)}`]
  const declared = video.renditions
    .filter(({ kind }) => kind === 'video')
    .map((rendition) => rendition.frames)
  const counted = (await countFrames(video.urls.hls ?? ''))
    .filter(({ kind }) => kind === 'video')
    .map((stream) => stream.frames)
  return [declared, counted]
    .filter((each) => each.length !== 2 || each.some((count) => count !== frames))
    .map((each) => `has ${each.join()} frames instead of twice ${frames}`)
}

interface SegmentRow {
  readonly prefix: string
  readonly track: string
  readonly number: number
  readonly bytes: number
}

/** Rows and files must be the same, and every video published once. */
async function auditRows({ dataDir }: Farm, videos: number): Promise<string[]> {
  const client = new pg.Client({
    host: join(dataDir, 'postgres'),
    user: 'reelmill',
    database: 'postgres',
  })
  await client.connect()
  try {
    const { rows } = await client.query<SegmentRow>(
      'select prefix, track, s.number, bytes from segments s join versions v on v.id = s.version_id',
    )
    const { rows: counts } = await client.query<{
      videos: number
      publications: number
      open: number
    }>(
      `select (select count(*)::int from videos) as videos,
              (select count(*)::int from events where type = 'video.published') as publications,
              (select count(*)::int from jobs where state <> 'completed') as open`,
    )
    return [
      ...(await compareFiles(join(dataDir, 'storage'), rows)),
      ...(counts[0]?.videos === videos ? [] : [`there are ${counts[0]?.videos} videos`]),
      ...(counts[0]?.publications === videos ? [] : [`${counts[0]?.publications} were published`]),
      ...(counts[0]?.open === 0 ? [] : [`${counts[0]?.open} jobs are not completed`]),
    ]
  } finally {
    await client.end()
  }
}

async function compareFiles(storage: string, rows: readonly SegmentRow[]): Promise<string[]> {
  const faults: string[] = []
  const named = new Set<string>()
  for (const { prefix, track, number, bytes } of rows) {
    const path = `${prefix}${track}/${number}.m4s`
    named.add(path)
    const size = await stat(join(storage, path)).then(
      (info) => info.size,
      () => null,
    )
    if (size !== bytes) faults.push(`${path} has ${size} of ${bytes} bytes`)
  }
  const files = await listFiles(storage)
  const strangers = files.filter((file) => file.endsWith('.m4s') && !named.has(file))
  return [...faults, ...strangers.map((file) => `${file} is in no row`)]
}

/** Files of work that nobody does any more, and processes that nobody waits for. */
export async function findLeftovers(farm: Farm): Promise<string[]> {
  const { dataDir, home } = farm
  const folders = [
    join(dataDir, 'tmp'),
    join(dataDir, 'storage', '.tmp'),
    join(dataDir, 'runners'),
    home,
  ]
  const files = await Promise.all(
    folders.map(async (folder) => (await listFiles(folder)).map((file) => join(folder, file))),
  )
  const processes = await listProcesses(join(dataDir, 'storage'), `${farm.server().url}/api`)
  return [
    // Who a runner is, for its next start.
    ...files.flat().filter((file) => !/runner-\w+\.json$/.test(file)),
    ...processes.map(({ pid, command }) => `${pid} ${command}`),
  ]
}
