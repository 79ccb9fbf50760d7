import { type Kysely, sql } from 'kysely'
import type {
  AttachmentKind,
  Elsewhere,
  FileKind,
  Tables,
  VersionState,
  Visibility,
} from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { FilePlanFacts, PlanFacts } from './plan-facts.ts'

/** A video, its latest version and what is finished of it, as one query gives them. */
export interface VideoRow {
  readonly id: string
  readonly name: string
  readonly profile: string
  readonly metadata: Record<string, unknown>
  readonly owner_id: string | null
  /** null only where there is no owner. */
  readonly owner_name: string | null
  readonly visibility: Visibility
  readonly webhook_url: string | null
  readonly external_id: string | null
  readonly revision: number
  readonly created_at: Date
  readonly updated_at: Date
  /** created_at to the microsecond, for cursors: a Date holds milliseconds. */
  readonly cursor_at: string
  readonly version: number
  readonly state: VersionState
  readonly source_name: string | null
  readonly source_bytes: number | null
  /** How far an upload is that is still going on, where that is known. */
  readonly upload: UploadTotals | null
  readonly media: MediaInfo | null
  /** null before it was planned, and for whole files. */
  readonly plan: PlanFacts | null
  readonly file_plan: FilePlanFacts | null
  readonly error: ErrorRecord | null
  readonly cpu_seconds: number
  readonly wall_seconds: number
  readonly peak_memory_bytes: number
  readonly playable_at: Date | null
  readonly published_at: Date | null
  /** Of the published version, which may be an older one. */
  readonly published_version: number | null
  readonly published_prefix: string | null
  readonly published_media: MediaInfo | null
  /** Addresses of what another processor made; null for all that was made here. */
  readonly elsewhere: Elsewhere | null
  readonly published_playable_at: Date | null
  readonly published_published_at: Date | null
  readonly tracks: Readonly<Record<string, TrackTotals>>
  readonly files: readonly FileRow[]
  /** Of the version that is shown: the published one, else the latest. */
  readonly shown_files: readonly FileRow[]
  readonly work: WorkTotals
  /** What people added to it. */
  readonly attachments: readonly AttachmentRow[]
}

/** What of a track is finished and checked. */
export interface TrackTotals {
  readonly samples: number
  readonly seconds: number
  /** With the init segment. */
  readonly bytes: number
  /** null until the playlists are written. */
  readonly averageBps: number | null
  readonly peakBps: number | null
}

/** A finished file that is no track. */
export interface FileRow {
  readonly kind: FileKind
  readonly path: string
  /** Of its rendition, where it is one. */
  readonly name: string | null
  readonly language: string | null
  readonly bytes: number
  readonly codecs: string | null
  readonly width: number | null
  readonly height: number | null
  readonly fps: number | null
  readonly peakBps: number | null
  readonly averageBps: number | null
}

/** A finished picture or file of subtitles that people added. */
export interface AttachmentRow {
  readonly kind: AttachmentKind
  readonly language: string | null
  /** The last part of its key. */
  readonly name: string
}

/** What has arrived of a source. */
export interface UploadTotals {
  readonly receivedBytes: number
  /** null where nobody has said it. */
  readonly totalBytes: number | null
}

/** The runners' jobs of a version, added up. */
export interface WorkTotals {
  readonly chunks: number
  readonly chunksDone: number
  /** Only their ratio means something. */
  readonly weight: number
  readonly weightDone: number
}

/** The select of `VideoRow`s; the caller adds which, in what order and how many. */
export function selectVideoRows(database: Kysely<Tables>) {
  return database
    .selectFrom('videos')
    .innerJoin('versions', (join) =>
      join
        .onRef('versions.video_id', '=', 'videos.id')
        .onRef('versions.number', '=', 'videos.latest_version'),
    )
    .leftJoin('versions as published', (join) =>
      join
        .onRef('published.video_id', '=', 'videos.id')
        .onRef('published.number', '=', 'videos.published_version'),
    )
    .leftJoin('users as owner', 'owner.id', 'videos.owner_id')
    .select([
      'videos.id',
      'videos.name',
      'videos.profile',
      'videos.metadata',
      'videos.owner_id',
      'owner.name as owner_name',
      'videos.visibility',
      'videos.webhook_url',
      'videos.external_id',
      'videos.revision',
      'videos.created_at',
      'videos.latest_version as version',
      'videos.published_version',
      'versions.state',
      'versions.source_name',
      'versions.source_bytes',
      'versions.cpu_seconds',
      'versions.wall_seconds',
      'versions.peak_memory_bytes',
      'versions.playable_at',
      'versions.published_at',
      'published.prefix as published_prefix',
      'published.playable_at as published_playable_at',
      'published.published_at as published_published_at',
      sql<Date>`greatest(videos.updated_at, versions.updated_at)`.as('updated_at'),
      sql<string>`videos.created_at::text`.as('cursor_at'),
      sql<MediaInfo | null>`versions.media`.as('media'),
      sql<MediaInfo | null>`published.media`.as('published_media'),
      sql<PlanFacts | null>`case when ${isWholeFiles} then null else versions.plan end`.as('plan'),
      sql<FilePlanFacts | null>`case when ${isWholeFiles} then versions.plan end`.as('file_plan'),
      sql<Elsewhere | null>`published.elsewhere`.as('elsewhere'),
      sql<ErrorRecord | null>`versions.error`.as('error'),
      trackTotals.as('tracks'),
      filesOf('versions.id').as('files'),
      filesOf('coalesce(published.id, versions.id)').as('shown_files'),
      workTotals.as('work'),
      uploadTotals.as('upload'),
      attachmentsOf.as('attachments'),
    ])
}

const isWholeFiles = sql<boolean>`coalesce(versions.plan->>'kind', '') = 'whole-files'`

/** The finished files of a version; `id` is SQL of ours. */
function filesOf(id: string) {
  return sql<readonly FileRow[]>`(
    select coalesce(json_agg(json_build_object(
      'kind', kind, 'path', path, 'name', facts->>'name', 'language', language, 'bytes', bytes,
      'codecs', codecs, 'width', width, 'height', height, 'fps', fps,
      'peakBps', peak_bps, 'averageBps', average_bps) order by files.id), '[]')
    from files
    where files.version_id = ${sql.raw(id)}
  )`
}

/** By track: what was added up as segments came in, and the rates that the playlists declare. */
const trackTotals = sql<Record<string, TrackTotals>>`(
  select coalesce(json_object_agg(name, json_build_object(
    'samples', samples, 'seconds', duration_ticks::float8 / timescale,
    'bytes', octet_length(init) + bytes, 'averageBps', average_bps, 'peakBps', peak_bps)), '{}')
  from tracks
  where tracks.version_id = versions.id and duration_ticks > 0
)`

const attachmentsOf = sql<readonly AttachmentRow[]>`(
  select coalesce(json_agg(json_build_object('kind', kind, 'language', language,
    'name', regexp_replace(key, '^.*/', '')) order by created_at), '[]')
  from attachments
  where attachments.video_id = videos.id and key is not null
)`

const uploadTotals = sql<UploadTotals | null>`(
  select json_build_object('receivedBytes', received_bytes, 'totalBytes', total_bytes)
  from (
    select received_bytes, total_bytes from imports where version_id = versions.id
    union all
    select received_bytes, length_bytes from uploads where version_id = versions.id
  ) as arriving
  where versions.state = 'uploading'
)`

/** A piece is a chunk's segment for runners that know whole files only. */
const isChunk = sql<boolean>`(type = 'vod-chunk-encoding' or private_payload ? 'piece')`

const workTotals = sql<WorkTotals>`(
  select json_build_object(
    'chunks', count(*) filter (where ${isChunk}),
    'chunksDone', count(*) filter (where ${isChunk} and state = 'completed'),
    'weight', coalesce(sum(weight), 0),
    'weightDone',
      coalesce(sum(weight * case state when 'completed' then 1 else least(progress, 1) end), 0))
  from jobs
  where version_id = versions.id and state <> 'cancelled'
)`
