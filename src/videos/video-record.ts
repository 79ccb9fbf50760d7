import { extname } from 'node:path'
import type { Kysely } from 'kysely'
import type { Tables, VersionState } from '#database/tables.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import { getVideo } from './get.ts'
import type { MediaBase } from './media-address.ts'
import type { FilePlanFacts, PlanFacts } from './plan-facts.ts'
import type { VideoView } from './video-view.ts'

/** A video as the program that embeds Reelmill gets it: what the API shows, and where its files are. */
export interface VideoRecord extends VideoView {
  /** What is said below is about this version; the view above, about the latest. */
  readonly about: {
    readonly version: number
    readonly state: VersionState
  }
  /** Folder of the output in the storage, without a "/" at its end. */
  readonly directory: string
  /** What the names of whole files begin with, where it was given. */
  readonly baseFilename: string | null
  /** Whole seconds; null before the source was probed. */
  readonly duration: number | null
  /** The shorter side of each finished rendition in pixels, from the smallest up. */
  readonly resolutions: readonly number[]
  /** null before the source was probed. */
  readonly sourceFile: SourceFile | null
  /** Key of the picture in the storage, once it is there; null for sound without pictures. */
  readonly thumbnailKey: string | null
}

/** The uploaded file, as django-peertube-runner-connector's first VideoFile row has it (D-06). */
export interface SourceFile {
  readonly key: string
  /** Lower case, with its dot; empty where the name has none. */
  readonly extname: string
  readonly sizeBytes: number
  /** The smaller of width and height in pixels; 0 without pictures. */
  readonly resolution: number
  /** Pictures per second as a whole number; -1 without pictures. */
  readonly fps: number
  readonly metadata: MediaInfo
}

/**
 * The record of a video, about its latest version or the one with the given number; null when there
 * is none.
 */
export async function getVideoRecord(
  database: Kysely<Tables>,
  id: string,
  options: { readonly baseUrl: MediaBase; readonly version?: number | undefined },
): Promise<VideoRecord | null> {
  const view = await getVideo(database, id, options.baseUrl)
  if (!view) return null
  const row = await database
    .selectFrom('versions')
    .select(['number', 'state', 'prefix', 'base_name', 'source_key', 'source_name'])
    .select(['source_bytes', 'media', 'plan'])
    .where('video_id', '=', id)
    .where('number', '=', options.version ?? view.version)
    .executeTakeFirst()
  if (!row) return null
  // Probing and planning wrote these columns, so they are what their types say.
  const media = row.media as unknown as MediaInfo | null
  const plan = row.plan as unknown as (Partial<PlanFacts> & Partial<FilePlanFacts>) | null
  const isPublished = row.state === 'published'
  return {
    ...view,
    about: { version: row.number, state: row.state },
    directory: row.prefix.replace(/\/+$/, ''),
    baseFilename: row.base_name,
    duration: media && Math.round(media.durationSeconds),
    resolutions: isPublished ? listResolutions(plan) : [],
    sourceFile: media && describeSource(media, row),
    thumbnailKey: isPublished && media?.video ? `${row.prefix}thumbnail.jpg` : null,
  }
}

function describeSource(
  media: MediaInfo,
  row: { readonly source_key: string; readonly source_name: string | null },
): SourceFile {
  const { video, sizeBytes } = media
  return {
    key: row.source_key,
    extname: extname(row.source_name ?? row.source_key).toLowerCase(),
    sizeBytes,
    resolution: video ? Math.min(video.width, video.height) : 0,
    fps: video ? Math.round(toNumber(video.frameRate)) : -1,
    metadata: media,
  }
}

function listResolutions(plan: (Partial<PlanFacts> & Partial<FilePlanFacts>) | null): number[] {
  const pictures = [...(plan?.video ?? []), ...(plan?.renditions ?? [])]
  const sides = pictures.flatMap(({ width, height }) =>
    width && height ? [Math.min(width, height)] : [],
  )
  return [...new Set(sides)].toSorted((a, b) => a - b)
}
