import { type Kysely, sql } from 'kysely'
import type { Tables, VersionState } from '#database/tables.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import { addUpJobs, toMappedRenditions } from './add-up.ts'
import { arrangeJobs, type Timeline } from './arrange.ts'
import type { ChunkMap, MappedChunk } from './chunk-map.ts'
import { formatMapCursor, readMapCursor } from './cursor.ts'
import { countDoneSegments } from './done-segments.ts'
import { listMapJobs, type MapSumRow, sumMapJobs } from './job-rows.ts'
import { type ChunkPlace, layOutChunks, type MappedPlan } from './lay-out-chunks.ts'

/** Which map. */
export interface MapQuery {
  readonly videoId: string
  /** The latest when left out. */
  readonly version?: number | undefined
  /** `next` of a map that was read before: only what changed since then. */
  readonly since?: string | undefined
}

/**
 * The chunk map of a version; null when there is none. A map that is read again costs what changed,
 * not what there is: of a video of ten hours that is some hundred jobs.
 *
 * @throws ReelmillError `invalid_request` for a `since` that is none of ours.
 */
export async function readChunkMap(
  database: Kysely<Tables>,
  query: MapQuery,
): Promise<ChunkMap | null> {
  const version = await findVersion(database, query)
  if (!version) return null
  const { id, number, state, now } = version
  const plan = version.plan?.chunks ? version.plan : emptyPlan
  const timeline = toTimeline(plan, version.media)
  const firstFrames = timeline.places.map(({ firstFrame }) => firstFrame)
  const { sums, chunksDone } = await sumMapJobs(database, id, firstFrames)
  const layout = describeLayout(number, timeline.places, sums)
  const since = readMapCursor(query.since, layout)
  const jobs = arrangeJobs(await listMapJobs(database, id, since), timeline)
  const shown = since ? timeline.places.filter((_, place) => jobs.ofChunks.has(place)) : null
  return {
    ...{ version: number, state, layout, complete: since === null },
    next: formatMapCursor({ layout, at: now }),
    durationSeconds: timeline.durationSeconds,
    renditions: toMappedRenditions(plan, sums),
    chunks: await fillChunks(database, id, shown ?? timeline.places, jobs.ofChunks),
    sound: jobs.sound,
    other: jobs.other,
    totals: {
      chunks: timeline.places.length,
      chunksDone,
      ...addUpJobs(sums),
    },
  }
}

const emptyPlan: MappedPlan = { grid: null, chunks: [], video: [], audio: [] }

async function findVersion(database: Kysely<Tables>, { videoId, version }: MapQuery) {
  return database
    .selectFrom('versions')
    .innerJoin('videos', 'videos.id', 'versions.video_id')
    .select(['versions.id', 'versions.number'])
    .select([
      sql<VersionState>`versions.state`.as('state'),
      // A plan of whole files has neither.
      sql<MappedPlan | null>`versions.plan`.as('plan'),
      sql<Pick<MediaInfo, 'durationSeconds'> | null>`versions.media`.as('media'),
      sql<Date>`now()`.as('now'),
    ])
    .where('videos.id', '=', videoId)
    .where('versions.number', '=', version ?? sql<number>`videos.latest_version`)
    .executeTakeFirst()
}

function toTimeline(plan: MappedPlan, media: Pick<MediaInfo, 'durationSeconds'> | null): Timeline {
  const { grid } = plan
  const isCounted = grid !== null && grid.frames !== null
  return {
    grid,
    places: layOutChunks(plan),
    durationSeconds: isCounted
      ? (grid.frames ?? 0) / toNumber(grid.frameRate)
      : (media?.durationSeconds ?? null),
  }
}

function describeLayout(
  version: number,
  places: readonly ChunkPlace[],
  sums: readonly MapSumRow[],
): string {
  const jobs = sums.reduce((all, sum) => all + sum.jobs, 0)
  const first = sums.length === 0 ? 0 : Math.min(...sums.map(({ firstId }) => firstId))
  return [version, places.length, jobs, first].join('.')
}

async function fillChunks(
  database: Kysely<Tables>,
  versionId: string,
  places: readonly ChunkPlace[],
  ofChunks: ReadonlyMap<number, MappedChunk['jobs']>,
): Promise<MappedChunk[]> {
  const runs = places.map(({ firstSegment, segments }) => ({
    first: firstSegment,
    end: segments === null ? 2 ** 31 - 1 : firstSegment + segments,
  }))
  const done = places.map((): Record<string, number> => ({}))
  for (const { run, track, count } of await countDoneSegments(database, versionId, runs)) {
    const tracks = done[run]
    if (tracks) tracks[track] = count
  }
  return places.map((place, index) => ({
    ...place,
    done: done[index] ?? {},
    jobs: ofChunks.get(place.index) ?? [],
  }))
}
