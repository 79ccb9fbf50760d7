import { Metadata, type Upload as TusUpload } from '@tus/server'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import type { UploadOrder } from '#flow/uploads/open-upload.ts'
import { openTicket } from '#flow/uploads/ticket.ts'
import { idOfKey } from '#flow/uploads/upload.ts'
import type { Principal } from '#people/principal.ts'
import { requireChangeableVideo } from '../videos/require-video.ts'
import { readMetadata } from './read-metadata.ts'

/** Who asks for an upload. */
export interface Asker {
  /** Refuses who may not upload. */
  readonly uploaderOf: () => Promise<Principal>
  /** Of a request that may be sent again. */
  readonly key: string | null
}

/**
 * What somebody wants to upload, before a row of it is made: by a ticket, or as who they are.
 *
 * @throws ReelmillError `source_empty`, those of the metadata and the ticket, those of `uploaderOf`,
 *   `video_not_found` and `forbidden` for a video that is another's.
 */
export async function orderUpload(
  parts: Parts,
  { uploaderOf, key }: Asker,
  { size, metadata = {} }: Pick<TusUpload, 'size' | 'metadata'>,
): Promise<UploadOrder> {
  const { ticket, ...told } = metadata
  const principal = ticket ? null : await uploaderOf()
  const what = principal
    ? await orderByPrincipal(parts, principal, told)
    : await orderByTicket(parts, { ticket: ticket ?? '', told, size })
  if (size === 0) throw new ReelmillError('source_empty')
  const caller = principal?.label ?? `ticket ${ticket}`
  return {
    ...what,
    id: key === null ? null : await idOfKey(parts.database, caller, key),
    lengthBytes: size ?? null,
    // Without the ticket: whoever asks for the upload is told this.
    metadata: Object.keys(told).length > 0 ? Metadata.stringify(told) : null,
  }
}

type Told = NonNullable<TusUpload['metadata']>
type Ordered = Pick<UploadOrder, 'videoId' | 'details' | 'filename'>

async function orderByPrincipal(parts: Parts, principal: Principal, told: Told): Promise<Ordered> {
  const { filename, videoId, fields } = readMetadata(told)
  if (videoId !== null) await requireChangeableVideo(parts, principal, videoId)
  return { filename, videoId, details: { ...fields, ownerId: principal.userId } }
}

interface Shown {
  readonly ticket: string
  readonly told: Told
  readonly size: number | undefined
}

/** Of what the holder tells, only what the file is called counts. */
async function orderByTicket(parts: Parts, { ticket, told, size }: Shown): Promise<Ordered> {
  const { details, videoId, maxBytes } = await openTicket(parts, ticket)
  if (size === undefined) {
    throw new ReelmillError('invalid_request', 'An upload by a ticket must tell its length.')
  }
  if (size > maxBytes) throw new ReelmillError('payload_too_large')
  const { filename, fields } = readMetadata({
    filename: told['filename'] ?? told['name'] ?? null,
    filetype: told['filetype'] ?? told['type'] ?? null,
    title: told['title'] ?? null,
  })
  return { filename, videoId, details: { ...fields, ...details } }
}
