import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { createJobs } from '#jobs/create.ts'
import { checkPrefix } from '#storage/keys.ts'
import { recordEvent } from './advance.ts'
import { lockDestinations, refuseOwnFolders, refuseTaken } from './destination.ts'
import { orderExtra, priorities } from './order-extra.ts'
import type { Parts } from './parts.ts'

export interface TranscriptOrder {
  /** The folder of a video's output, where the transcript goes too. */
  readonly destination: string
  /** http(s); where runners fetch the video instead of asking this server. */
  readonly videoUrl?: string | undefined
}

/** What an order came to. */
export interface OrderedTranscript {
  readonly videoId: string
  readonly jobUuid: string
}

/**
 * Orders a transcript by the folder of a video (D-09). Where no video has that folder and its address
 * is given, one is made that was published elsewhere; the next order for the folder finds it.
 *
 * @throws ReelmillError `video_not_found` where there is neither; `source_no_streams`,
 * `video_state_conflict`, `invalid_request`; for a new record `key_invalid` and `destination_taken`, as
 * `transcodeObject`.
 */
export async function orderTranscript(
  parts: Parts,
  { destination, videoUrl }: TranscriptOrder,
): Promise<OrderedTranscript> {
  const prefix = checkPrefix(destination)
  if (videoUrl === undefined) return orderOfOwn(parts, prefix)
  if (!URL.canParse(videoUrl) || !/^https?:$/.test(new URL(videoUrl).protocol)) {
    throw new ReelmillError('invalid_request', 'The address of a video begins with http or https.')
  }
  return parts.database.transaction().execute(async (tx) => {
    // Of two orders for one folder at the same time the second finds what the first made.
    await lockDestinations(tx)
    const found = await findByPrefix(tx, prefix)
    const { versionId, videoId } = found ?? (await insertElsewhere(tx, prefix, videoUrl))
    const input = { videoFileUrl: videoUrl, isElsewhere: true }
    const base = found?.base
    const [jobUuid = ''] = await createJobs(tx, versionId, [
      {
        type: 'video-transcription',
        priority: priorities['video-transcription'],
        label: 'video-transcription',
        payload: { input, output: {} },
        privatePayload: base ? { base } : {},
        encoders: [],
        weight: 0,
        required: false,
      },
    ])
    return { videoId, jobUuid }
  })
}

async function orderOfOwn(parts: Parts, prefix: string): Promise<OrderedTranscript> {
  const found = await findByPrefix(parts.database, prefix)
  if (!found) throw new ReelmillError('video_not_found')
  const jobUuid = await orderExtra(parts, found.videoId, { type: 'video-transcription' })
  return { videoId: found.videoId, jobUuid }
}

async function findByPrefix(database: Pick<Transaction<Tables>, 'selectFrom'>, prefix: string) {
  return database
    .selectFrom('versions')
    .select(['id as versionId', 'video_id as videoId', 'base_name as base'])
    .where('prefix', '=', prefix)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A video that somebody else published; nothing of it is here yet. `tx` holds the destinations. */
async function insertElsewhere(tx: Transaction<Tables>, prefix: string, videoUrl: string) {
  const videoId = randomUUID()
  const versionId = randomUUID()
  refuseOwnFolders(prefix)
  await refuseTaken(tx, prefix, versionId)
  const folder = prefix.slice(0, -1)
  const name = folder.slice(folder.lastIndexOf('/') + 1)
  await tx
    .insertInto('videos')
    .values({ id: videoId, name, profile: 'default', metadata: '{}', published_version: 1 })
    .execute()
  await tx
    .insertInto('versions')
    .values({
      id: versionId,
      video_id: videoId,
      number: 1,
      state: 'published',
      source_key: `sources/${videoId}/1/source`,
      prefix,
      published_at: sql<Date>`now()`,
      elsewhere: JSON.stringify({ video: videoUrl, thumbnail: null }),
    })
    .execute()
  await recordEvent(tx, videoId, 'video.created', { version: 1 })
  return { versionId, videoId, base: null }
}
