import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { AudioRendition, VideoRendition } from '#jobs/payload.ts'
import type { Track, TrackSegment } from '#media/tracks/track.ts'
import type { PlannedVersion } from './version.ts'

type TrackBase = Pick<Track, 'name' | 'codecs' | 'timescale' | 'initBytes' | 'segments'>

interface Wanted {
  /** This track alone. */
  readonly name?: string
  /** False where nobody asks where the key frames lie: they are most of what is read. */
  readonly keyframes?: boolean
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

async function loadSegments(
  db: Kysely<Tables>,
  versionId: string,
  { name, keyframes: withKeyframes = true }: Wanted,
): Promise<Map<string, TrackSegment[]>> {
  const rows = await db
    .selectFrom('segments')
    .select(['track', 'number', 'duration_ticks', 'bytes'])
    .$if(withKeyframes, (query) => query.select('keyframes'))
    .where('version_id', '=', versionId)
    .$if(name !== undefined, (query) => query.where('track', '=', name ?? ''))
    .orderBy('track')
    .orderBy('number')
    .execute()
  const byTrack = new Map<string, TrackSegment[]>()
  for (const row of rows) {
    const keyframes = (row.keyframes ?? []).map(([offset, bytes, durationTicks]) => ({
      offset,
      bytes,
      durationTicks,
    }))
    const { number, bytes } = row
    const own = byTrack.get(row.track) ?? []
    own.push({ number, bytes, durationTicks: row.duration_ticks, keyframes })
    byTrack.set(row.track, own)
  }
  return byTrack
}

function takeContiguous(segments: readonly TrackSegment[]): TrackSegment[] {
  const gap = segments.findIndex((segment, index) => segment.number !== index)
  return gap < 0 ? [...segments] : segments.slice(0, gap)
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
