import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/**
 * Fails with `precondition_failed` where people changed a video since `revision`, and lets nobody
 * change it until `tx` ends.
 */
export async function requireRevision(
  tx: Transaction<Tables>,
  videoId: string,
  revision: number,
): Promise<void> {
  const video = await tx
    .selectFrom('videos')
    .select('revision')
    .where('id', '=', videoId)
    .forUpdate()
    .executeTakeFirst()
  if (video?.revision !== revision) throw new ReelmillError('precondition_failed')
}
