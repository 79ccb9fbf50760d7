import type { AttachmentKind } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'

/** What a video's owner adds to it. */
export interface Attachment {
  readonly id: string
  readonly videoId: string
  readonly kind: AttachmentKind
  readonly language: string | null
  /** Where the upload goes that is awaited. */
  readonly uploadKey: string | null
  /** Where the finished file is. */
  readonly key: string | null
}

/** Bytes of the largest file of a kind (M-53). */
export function largestAttachmentBytes({ config }: Pick<Parts, 'config'>, kind: AttachmentKind) {
  return kind === 'thumbnail' ? config.thumbnailSourceMaxSize : config.subtitleSourceMaxSize
}

const folders = { thumbnail: 'thumbnails', subtitles: 'timedtexttracks' } as const
const extensions = { thumbnail: 'jpg', subtitles: 'vtt' } as const

/** Where an upload of it goes; `stamp` is a Unix time in seconds. */
export function attachmentUploadKey({ id, videoId, kind }: Attachment, stamp: number): string {
  return `tmp/${videoId}/${folders[kind]}/${id}/${stamp}`
}

/** Where what was made of that upload is: in a folder that goes with the video. */
export function attachmentKey({ id, videoId, kind }: Attachment, stamp: number): string {
  return `sources/${videoId}/attachments/${id}-${stamp}.${extensions[kind]}`
}

/** @throws ReelmillError `attachment_not_found`. */
export async function findAttachment(
  { database }: Parts,
  { id, videoId, kind }: Pick<Attachment, 'id' | 'videoId' | 'kind'>,
): Promise<Attachment> {
  const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)
  const row = isUuid
    ? await database
        .selectFrom('attachments')
        .select(['id', 'video_id', 'kind', 'language', 'upload_key', 'key'])
        .where('id', '=', id)
        .where('video_id', '=', videoId)
        .where('kind', '=', kind)
        .executeTakeFirst()
    : undefined
  if (!row) throw new ReelmillError('attachment_not_found')
  const { video_id, upload_key, ...same } = row
  return { ...same, videoId: video_id, uploadKey: upload_key }
}
