import type { Elsewhere, FileKind } from '#database/tables.ts'
import { addressesIn, type MediaBase, serverIn } from './media-address.ts'
import { progressOf } from './progress.ts'
import { toRenditionViews } from './rendition-views.ts'
import type { FileRow, VideoRow } from './row.ts'
import type { VideoUrls, VideoView } from './video-view.ts'

/** The row as people see it, with addresses below `base`. */
export function toVideoView(row: VideoRow, base: MediaBase): VideoView {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    progress: progressOf(row),
    playable: isPlayable(row),
    ...(row.error ? { error: row.error } : {}),
    ...(row.upload ? { upload: row.upload } : {}),
    source: { ...row.media, filename: row.source_name, sizeBytes: row.source_bytes },
    renditions: toRenditionViews(row),
    chunks: { total: row.work.chunks, done: row.work.chunksDone },
    urls: { ...urlsOf(row, addressesIn(base, row)), ...attachedUrls(row, base) },
    cost: {
      cpuSeconds: row.cpu_seconds,
      wallSeconds: row.wall_seconds,
      peakMemoryBytes: row.peak_memory_bytes,
    },
    profile: row.profile,
    metadata: row.metadata,
    ownerId: row.owner_id,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
    visibility: row.visibility,
    webhookUrl: row.webhook_url,
    externalId: row.external_id,
    revision: row.revision,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    playableAt: toIso(row.playable_at ?? row.published_playable_at),
    publishedAt: toIso(row.published_at ?? row.published_published_at),
  }
}

/** Whether there is something to play: published, or growing; what failed half way is not shown. */
export function isPlayable(
  row: Pick<VideoRow, 'state' | 'playable_at' | 'published_version'>,
): boolean {
  if (row.published_version !== null) return true
  return row.playable_at !== null && row.state !== 'failed' && row.state !== 'cancelled'
}

type MadeUrls = Omit<VideoUrls, 'subtitles'>

function urlsOf(row: VideoRow, at: (path: string) => string): MadeUrls {
  const isPublished = row.published_version !== null
  const files = row.shown_files
  const transcripts = addressesOf(files, 'transcript', ({ language }) => language ?? 'und', at)
  if (row.elsewhere) return { ...urlsElsewhere(row.elsewhere), transcripts }
  const renditions = files.filter(({ kind }) => kind === 'hls' || kind === 'web-video')
  const hasTracks = renditions.length === 0
  const hasHls = hasTracks || renditions.some(({ kind }) => kind === 'hls')
  const storyboard = files.find(({ kind }) => kind === 'storyboard')
  return {
    hls: isPlayable(row) && hasHls ? at('master.m3u8') : null,
    dash: isPublished && hasTracks ? at('manifest.mpd') : null,
    mp4: filmsOf(files, isPublished, at),
    transcripts,
    thumbnail: isPublished && row.published_media?.video ? at('thumbnail.jpg') : null,
    storyboard: isPublished && storyboard ? at(storyboard.path) : null,
  }
}

/** Those that were joined from segments are there before they were checked, and shown with the rest. */
function filmsOf(
  files: readonly FileRow[],
  isPublished: boolean,
  at: (path: string) => string,
): Readonly<Record<string, string>> {
  const nameOf = ({ name, path }: FileRow) => name ?? path
  const joined = isPublished ? addressesOf(files, 'mp4', nameOf, at) : {}
  return { ...addressesOf(files, 'web-video', nameOf, at), ...joined }
}

/** What people added is served by the server; their thumbnail takes the place of the one that was made. */
function attachedUrls(
  { id, attachments }: VideoRow,
  base: MediaBase,
): Pick<VideoUrls, 'subtitles'> & Partial<Pick<VideoUrls, 'thumbnail'>> {
  const folder = `${serverIn(base)}/media/${id}/attachments`
  const thumbnail = attachments.find(({ kind }) => kind === 'thumbnail')
  const subtitles = attachments.filter(({ kind }) => kind === 'subtitles')
  return {
    subtitles: Object.fromEntries(
      subtitles.map(({ language, name }) => [language ?? 'und', `${folder}/${name}`]),
    ),
    ...(thumbnail ? { thumbnail: `${folder}/${thumbnail.name}` } : {}),
  }
}

/** What another processor published is a film and a picture (C-22). */
function urlsElsewhere({ video, thumbnail }: Elsewhere): MadeUrls {
  const mp4 = { transcoded: video }
  return { hls: null, dash: null, mp4, transcripts: {}, thumbnail, storyboard: null }
}

function addressesOf(
  files: readonly FileRow[],
  wanted: FileKind,
  keyOf: (file: FileRow) => string,
  at: (path: string) => string,
): Readonly<Record<string, string>> {
  const own = files.filter(({ kind }) => kind === wanted)
  return Object.fromEntries(own.map((file) => [keyOf(file), at(file.path)]))
}

function toIso(date: Date | null): string | null {
  return date?.toISOString() ?? null
}
