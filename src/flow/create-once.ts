import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type UpdateObject } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { abandonVersions } from './abandon-version.ts'
import type { VideoDetails } from './open-version.ts'
import type { Parts } from './parts.ts'

/** What tells a request that is sent again from another one. */
export interface RequestKey {
  /** Of the caller and the key that the caller chose. */
  readonly keyHash: Buffer
  /** Of what is asked. */
  readonly requestHash: Buffer
}

/** How the video is made. */
export interface Creation {
  /** Makes it, with `also` in its transaction; returns its id. */
  readonly make: (also: NonNullable<VideoDetails['also']>) => Promise<string>
  /** Whether all is done with that transaction: no bytes are to come by this very call. */
  readonly isWhole: boolean
}

/** Renewed while the process lives; whoever asks after it ended takes over. */
const leaseSeconds = 30
const memoryHours = 24
const until = sql<Date>`now() + make_interval(secs => ${leaseSeconds})`

/**
 * Makes a video once for all requests with the same key in a day, and returns its id each time. The
 * key is bound to the video in the transaction that makes it, so that a process may die anywhere: who
 * asks again finds the video, or makes it then. A request that fails frees its key.
 *
 * @throws ReelmillError `idempotency_key_reused`, `request_in_progress`, and what `make` throws.
 */
export async function createOnce(
  parts: Parts,
  key: RequestKey,
  creation: Creation,
): Promise<string> {
  const claim = randomUUID()
  const made = await claimRequest(parts, key, { claim, isWhole: creation.isWhole })
  if (made !== null) return made
  const { database, log } = parts
  const renewing = setInterval(
    () => {
      change(database, key, claim, { leased_until: until }).catch((error: unknown) => {
        log.warn({ err: error }, 'the lease of a request could not be renewed')
      })
    },
    (leaseSeconds * 1000) / 3,
  )
  // It keeps no process alive that has nothing else to do.
  renewing.unref()
  try {
    const videoId = await creation.make((tx, id) => bind(tx, key, { claim, videoId: id }))
    await change(database, key, claim, { answered_at: sql<Date>`now()` })
    return videoId
  } catch (error) {
    await database
      .deleteFrom('idempotent_requests')
      .where('key_hash', '=', key.keyHash)
      .where('claim', '=', claim)
      .execute()
    throw error
  } finally {
    clearInterval(renewing)
  }
}

/** Forgets what was asked longer ago than anybody asks again. */
export async function sweepRequests(database: Kysely<Tables>): Promise<void> {
  await sql`
    delete from idempotent_requests
    where created_at < now() - make_interval(hours => ${memoryHours}) and leased_until < now()
  `.execute(database)
}

interface Claim {
  readonly claim: string
  readonly isWhole: boolean
}

/** The video that the request made before, or null where it is ours to make. */
async function claimRequest(
  parts: Parts,
  { keyHash, requestHash }: RequestKey,
  { claim, isWhole }: Claim,
): Promise<string | null> {
  return parts.database.transaction().execute(async (tx) => {
    const fresh = await tx
      .insertInto('idempotent_requests')
      .values({ key_hash: keyHash, request_hash: requestHash, claim, leased_until: until })
      .onConflict((conflict) => conflict.column('key_hash').doNothing())
      .executeTakeFirst()
    if (fresh.numInsertedOrUpdatedRows === 1n) return null
    const before = await tx
      .selectFrom('idempotent_requests')
      .select(['request_hash', 'video_id', 'answered_at'])
      .select(sql<boolean>`leased_until > now()`.as('isHeld'))
      .where('key_hash', '=', keyHash)
      .forUpdate()
      .executeTakeFirst()
    // It failed just now, and its key is free again.
    if (!before) throw new ReelmillError('request_in_progress')
    if (!before.request_hash.equals(requestHash)) throw new ReelmillError('idempotency_key_reused')
    if (before.answered_at && before.video_id) return before.video_id
    if (before.isHeld) throw new ReelmillError('request_in_progress')
    const survivor = before.video_id && (await findSurvivor(parts, tx, before.video_id, isWhole))
    await tx
      .updateTable('idempotent_requests')
      .set(survivor ? { answered_at: sql<Date>`now()` } : { claim, leased_until: until })
      .where('key_hash', '=', keyHash)
      .execute()
    return survivor || null
  })
}

/** The video of a process that died, where it is whole; what waits for bytes in vain is taken back. */
async function findSurvivor(
  parts: Parts,
  tx: Parameters<typeof abandonVersions>[1],
  videoId: string,
  isWhole: boolean,
): Promise<string | null> {
  const versions = await tx
    .selectFrom('versions')
    .select(['id', 'state'])
    .where('video_id', '=', videoId)
    .execute()
  if (versions.length === 0) return null
  const hasBegun = versions.some(({ state }) => state !== 'uploading')
  if (isWhole || hasBegun) return videoId
  const ids = versions.map(({ id }) => id)
  await abandonVersions(parts, tx, ids)
  return null
}

async function bind(
  tx: Kysely<Tables>,
  key: RequestKey,
  { claim, videoId }: { readonly claim: string; readonly videoId: string },
): Promise<void> {
  const isOurs = await change(tx, key, claim, { video_id: videoId })
  // Somebody took over while this process slept: theirs counts.
  if (!isOurs) throw new ReelmillError('request_in_progress')
}

/** Changes a request that is still this claim's; false when another has it. */
async function change(
  database: Kysely<Tables>,
  { keyHash }: RequestKey,
  claim: string,
  columns: UpdateObject<Tables, 'idempotent_requests'>,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('idempotent_requests')
    .set(columns)
    .where('key_hash', '=', keyHash)
    .where('claim', '=', claim)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
