import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { createJobs, type NewJob } from '#jobs/create.ts'
import type { StoryboardPayload, StudioTask } from '#jobs/file-payload.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { planSprites } from '#stages/planning/sprites.ts'
import type { Parts } from './parts.ts'
import { loadVersion, type Version } from './version.ts'

/** Extra work on a published video; the video is what it is, whatever becomes of it. */
export type ExtraOrder =
  | { readonly type: 'video-transcription' }
  | { readonly type: 'generate-video-storyboard' }
  | {
      readonly type: 'video-studio-transcoding'
      readonly tasks: readonly StudioTask[]
      /** Storage keys of the tasks' files, by the names that the tasks call them. */
      readonly taskFiles: Readonly<Record<string, string>>
    }

/** After required transcoding (100), before renditions that can wait (runner protocol 3.4). */
export const priorities = {
  'generate-video-storyboard': 95,
  'video-studio-transcoding': 150,
  'video-transcription': 200,
} as const

/**
 * Orders extra work on what is published of a video from the runners. What comes of it is told by
 * events: `video.transcribed`, `video.storyboard`, `video.edited`.
 *
 * @returns the job's uuid.
 * @throws ReelmillError `video_not_found`, `video_state_conflict` when nothing is published;
 * `source_no_streams` when the video has nothing to work on.
 */
export async function orderExtra(
  parts: Parts,
  videoId: string,
  order: ExtraOrder,
): Promise<string> {
  return parts.database.transaction().execute(async (tx) => {
    const version = await findPublished(tx, videoId)
    const job = toJob(version, order)
    const [uuid = ''] = await createJobs(tx, version.id, [job])
    return uuid
  })
}

async function findPublished(tx: Transaction<Tables>, videoId: string): Promise<Version> {
  const row = await tx
    .selectFrom('videos')
    .leftJoin('versions', (join) =>
      join
        .onRef('versions.video_id', '=', 'videos.id')
        .onRef('versions.number', '=', 'videos.published_version'),
    )
    .select('versions.id')
    .where('videos.id', '=', videoId)
    .executeTakeFirst()
  if (!row) throw new ReelmillError('video_not_found')
  if (row.id === null) {
    throw new ReelmillError('video_state_conflict', 'Nothing of the video is published yet.')
  }
  return loadVersion(tx, row.id)
}

function toJob(version: Version, order: ExtraOrder): NewJob {
  const { media } = version
  if (!media) throw new ReelmillError('internal', 'A published version was never probed.')
  const { type } = order
  return {
    type,
    priority: priorities[type],
    label: type,
    payload: payloadOf(order, media),
    privatePayload: privatePayloadOf(order, version),
    encoders: [],
    weight: 0,
    required: false,
  }
}

function privatePayloadOf(
  order: ExtraOrder,
  { base_name: base }: Version,
): Readonly<Record<string, unknown>> {
  if (order.type === 'video-studio-transcoding') return { taskFiles: order.taskFiles }
  // The file is called `<base>-<language>.vtt` where the application named the files (D-71).
  return order.type === 'video-transcription' && base !== null ? { base } : {}
}

function payloadOf(order: ExtraOrder, media: MediaInfo): object {
  switch (order.type) {
    case 'video-transcription':
      if (media.audio.length === 0) {
        throw new ReelmillError('source_no_streams', 'The video has no sound to be written down.')
      }
      return { output: {} }
    case 'generate-video-storyboard':
      return storyboardPayload(media)
    case 'video-studio-transcoding':
      return { output: {}, tasks: order.tasks }
  }
}

/** Of a storyboard job, for videos that have pictures for at least one tile. */
function storyboardPayload(media: MediaInfo): Omit<StoryboardPayload, 'input'> {
  const sprites = media.video && planSprites(media.video, media.durationSeconds)
  if (!sprites) {
    throw new ReelmillError('source_no_streams', 'The video is too short, or has no pictures.')
  }
  return { sprites, output: {} }
}
