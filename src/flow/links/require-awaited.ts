import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/**
 * Lets pass what is written where an upload is awaited. A link to write outlives its upload: what was
 * looked at must stay what is encoded, and nobody removes an object that comes for a video that is gone.
 *
 * @throws ReelmillError `upload_gone`.
 */
export async function requireAwaited(database: Kysely<Tables>, key: string): Promise<void> {
  const version = database
    .selectFrom('versions')
    .select('video_id')
    .where('source_key', '=', key)
    .where('state', '=', 'uploading')
  const attachment = database
    .selectFrom('attachments')
    .select('video_id')
    .where('upload_key', '=', key)
  const found = (await version.executeTakeFirst()) ?? (await attachment.executeTakeFirst())
  if (!found) throw new ReelmillError('upload_gone', 'No upload is awaited there any more.')
}

/**
 * Bytes on their way to such a place, and `upload_gone` at their end where the upload ended meanwhile:
 * the storage then keeps nothing of them.
 */
export async function* whileAwaited(
  database: Kysely<Tables>,
  key: string,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  yield* bytes
  await requireAwaited(database, key)
}
