import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Growth, Tables } from '#database/tables.ts'
import { readLinkKey } from '../links/link-key.ts'

/** A resumable upload: how much of a version's source is there. */
export interface Upload {
  readonly idHash: Buffer
  /** null once the version is gone. */
  readonly versionId: string | null
  readonly videoId: string
  readonly sourceKey: string
  /** null as long as the uploader has not told it. */
  readonly lengthBytes: number | null
  /** Of the source, from its first byte on, on the disk for sure. */
  readonly receivedBytes: number
  /** As the uploader told it, in the words of tus. */
  readonly metadata: string | null
  /** When the journey of the version began; null before. */
  readonly finishedAt: Date | null
  readonly expiresAt: Date
  /** Of what it consists where it grows in a bucket; null before a byte is there, and in files. */
  readonly growth: Growth | null
}

/** The columns of an upload, under the names of `Upload`. */
export const uploadColumns = [
  'id_hash as idHash',
  'version_id as versionId',
  'video_id as videoId',
  'source_key as sourceKey',
  'length_bytes as lengthBytes',
  'received_bytes as receivedBytes',
  'metadata',
  'finished_at as finishedAt',
  'expires_at as expiresAt',
  'growth',
] as const

/** 128 random bits: whoever knows them may go on with the upload, so they are kept as a hash. */
export function mintUploadId(): string {
  return randomBytes(16).toString('hex')
}

/**
 * The id of the upload that a caller begins with a key of its own, the same each time. Nobody can
 * reckon it who has not the server's key.
 */
export async function idOfKey(
  database: Kysely<Tables>,
  caller: string,
  key: string,
): Promise<string> {
  return createHmac('sha256', await readLinkKey(database))
    .update(`upload\0${JSON.stringify([caller, key])}`)
    .digest('hex')
    .slice(0, 32)
}

/** Under what an upload is kept. */
export function hashUploadId(id: string): Buffer {
  return createHash('sha256').update(`upload\0${id}`).digest()
}

/**
 * How many bytes of a version's source are there for sure while it is uploaded in pieces, without a
 * gap from the first on; null when it comes in another way. They can be read at the source's key
 * where the storage has files (`Storage.localPath`).
 */
export async function receivedBytes(
  database: Kysely<Tables>,
  versionId: string,
): Promise<number | null> {
  const row = await database
    .selectFrom('uploads')
    .select('received_bytes')
    .where('version_id', '=', versionId)
    .executeTakeFirst()
  return row?.received_bytes ?? null
}
