import { createHmac, timingSafeEqual } from 'node:crypto'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hasRole } from '#people/principal.ts'
import { readLinkKey } from '../links/link-key.ts'
import type { VideoDetails } from '../open-version.ts'
import type { Parts } from '../parts.ts'

/** What whoever holds a ticket may upload, as a server decided that knows the holder (C-36). */
export interface UploadTicket {
  /** Profile, webhook and the like: what the holder tells of them counts for nothing. */
  readonly details: VideoDetails
  /** A new version of this video; null for a new one. */
  readonly videoId: string | null
  readonly maxBytes: number
  /** Unix time in milliseconds. An upload that has begun by then goes on. */
  readonly expiresAtMs: number
}

/** A ticket as a text that cannot be changed: what it says, readable by anybody, and its seal. */
export async function sealTicket(parts: Parts, ticket: UploadTicket): Promise<string> {
  const said = Buffer.from(JSON.stringify(ticket)).toString('base64url')
  return `${said}.${seal(await readLinkKey(parts.database), said).toString('base64url')}`
}

/**
 * What a ticket allows now.
 *
 * @throws ReelmillError `link_invalid` when no server of this installation sealed it, or the user who
 * had it made can do nothing any more; `link_expired`.
 */
export async function openTicket(parts: Parts, text: string): Promise<UploadTicket> {
  const [said = '', given = ''] = text.split('.')
  const found = Buffer.from(given, 'base64url')
  const expected = seal(await readLinkKey(parts.database), said)
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) {
    throw new ReelmillError('link_invalid', 'The ticket is not one of this server.')
  }
  // Sound: only `sealTicket` seals under this name.
  const ticket = JSON.parse(Buffer.from(said, 'base64url').toString('utf8')) as UploadTicket
  if (ticket.expiresAtMs <= Date.now()) {
    throw new ReelmillError('link_expired', 'The ticket has expired.')
  }
  await requireOwner(parts, ticket)
  return ticket
}

/** A ticket lives for days; whose it is may be disabled, or gone, before. */
async function requireOwner({ database }: Parts, { details }: UploadTicket): Promise<void> {
  if (!details.ownerId) return
  const owner = await database
    .selectFrom('users')
    .select('role')
    .where('id', '=', details.ownerId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (owner && hasRole(owner, 'uploader')) return
  throw new ReelmillError('link_invalid', 'The owner of the ticket may not upload any more.')
}

function seal(key: Buffer, said: string): Buffer {
  return createHmac('sha256', key).update('upload-ticket\0').update(said).digest()
}
