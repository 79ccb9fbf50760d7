import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { AudioRendition, VideoRendition } from '#jobs/payload.ts'
import type { Keyframe, Track, TrackSegment } from '#media/tracks/track.ts'
import type { PlannedVersion } from './version.ts'

type TrackBase = Pick<Track, 'name' | 'codecs' | 'timescale' | 'initBytes' | 'segments'>

interface Wanted {
  /** This track alone. */
  readonly name?: string
  /** False where nobody asks where the key frames lie: they are most of what is read. */
  readonly keyframes?: boolean
  /** Of each track no more than its first so many segments. */
  readonly most?: number
}

/**
 * The tracks of a version as far as they are there: pictures from the largest, then sound. Of each,
 * the segments from 0 up to the first that is missing; a track without any is left out.
 */
export async function loadTracks(
  db: Kysely<Tables>,
  version: PlannedVersion,
  wanted: Wanted = {},
): Promise<Track[]> {
  const rows = await db
    .selectFrom('tracks')
    .select([
      'name',
      'codecs',
      'timescale',
      ({ fn }) => fn<number>('octet_length', ['init']).as('initBytes'),
    ])
    .where('version_id', '=', version.id)
    .execute()
  const segments = await loadSegments(db, version.id, wanted)
  const find = (name: string): TrackBase | undefined => {
    const row = rows.find((each) => each.name === name)
    const own = takeContiguous(segments.get(name) ?? [])
    return row && own.length > 0 ? { ...row, segments: own } : undefined
  }
  const { plan } = version
  const video = plan.video.map((rendition) =>
    toVideoTrack(find(rendition.name), rendition, version),
  )
  const audio = plan.audio.map((rendition) => toAudioTrack(find(rendition.name), rendition))
  return [...video, ...audio].filter((track) => track !== null)
}

type Keyframes = readonly (readonly [offset: number, bytes: number, durationTicks: number])[]
type Row = readonly [number: number, durationTicks: number, bytes: number, keyframes?: Keyframes]

/**
 * How many segments come as one row: each as a row of its own takes more memory. V8 keeps what it
 * parses of a text above 100 kB where it collects seldom.
 */
const segmentsInRow = 500

async function loadSegments(
  db: Kysely<Tables>,
  versionId: string,
  { name, keyframes = true, most }: Wanted,
): Promise<Map<string, TrackSegment[]>> {
  const columns = ['number', 'duration_ticks', 'bytes', ...(keyframes ? ['keyframes'] : [])]
  const row = sql`json_build_array(${sql.join(columns.map((column) => sql.ref(column)))})`
  const block = sql`number / ${sql.lit(segmentsInRow)}`
  const rows = await db
    .selectFrom('segments')
    .select(['track', sql<readonly Row[]>`json_agg(${row} order by number)`.as('segments')])
    .where('version_id', '=', versionId)
    .$if(name !== undefined, (query) => query.where('track', '=', name ?? ''))
    .$if(most !== undefined, (query) => query.where('number', '<', most ?? 0))
    .groupBy(['track', block])
    .orderBy('track')
    .orderBy(block)
    .execute()
  const byTrack = new Map<string, TrackSegment[]>()
  for (const { track, segments } of rows) {
    const own = byTrack.get(track) ?? []
    for (const segment of segments) own.push(toSegment(segment))
    byTrack.set(track, own)
  }
  return byTrack
}

const none: readonly Keyframe[] = []

function toSegment([number, durationTicks, bytes, rows]: Row): TrackSegment {
  const keyframes = rows?.map(([offset, size, ticks]) => ({
    offset,
    bytes: size,
    durationTicks: ticks,
  }))
  return { number, durationTicks, bytes, keyframes: keyframes ?? none }
}

function takeContiguous(segments: readonly TrackSegment[]): readonly TrackSegment[] {
  const gap = segments.findIndex((segment, index) => segment.number !== index)
  return gap < 0 ? segments : segments.slice(0, gap)
}

function toVideoTrack(
  base: TrackBase | undefined,
  { width, height }: VideoRendition,
  { plan }: PlannedVersion,
): Track | null {
  if (!base || !plan.grid) return null
  return { ...base, kind: 'video', width, height, frameRate: plan.grid.frameRate }
}

function toAudioTrack(base: TrackBase | undefined, rendition: AudioRendition): Track | null {
  if (!base) return null
  const { channels, sampleRate, language, title, isDefault } = rendition
  return { ...base, kind: 'audio', channels, sampleRate, language, title, isDefault }
}
