import { Metadata, type Upload as TusUpload } from '@tus/server'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import type { UploadOrder } from '#flow/uploads/open-upload.ts'
import type { Principal } from '#people/principal.ts'
import { requireChangeableVideo } from '../videos/require-video.ts'
import { readMetadata } from './read-metadata.ts'

/**
 * What somebody wants to upload, before a row of it is made.
 *
 * @throws ReelmillError `forbidden`, `source_empty`, `video_not_found` and those of the metadata.
 */
export async function orderUpload(
  parts: Parts,
  principal: Principal,
  { size, metadata = {} }: Pick<TusUpload, 'size' | 'metadata'>,
): Promise<UploadOrder> {
  if (size === 0) throw new ReelmillError('source_empty')
  const { filename, videoId, fields } = readMetadata(metadata)
  if (videoId !== null) await requireChangeableVideo(parts, principal, videoId)
  return {
    videoId,
    details: { ...fields, ownerId: principal.userId },
    filename,
    lengthBytes: size ?? null,
    metadata: Object.keys(metadata).length > 0 ? Metadata.stringify(metadata) : null,
  }
}
