import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { HookEvent, VideoInShort } from './hook-call.ts'

/** A call that this process makes; `claim` is shown when it is settled. */
export interface ClaimedCall {
  readonly id: number
  readonly claim: string
  readonly hook: string
  readonly event: HookEvent
  readonly video: VideoInShort
  /** 1 at first. */
  readonly tries: number
}

/** Long enough for a process that computes for a minute without coming up for air. */
const leaseSeconds = 120

/** How often a claim must be renewed, with room for two that fail. */
export const renewClaimEveryMs = 30_000

const leased = sql<Date>`now() + make_interval(secs => ${leaseSeconds})`

/** Takes the oldest call that is due, of one of these hooks; null when there is none. */
export async function claimHookCall(
  database: Kysely<Tables>,
  hooks: readonly string[],
): Promise<ClaimedCall | null> {
  const claim = randomUUID()
  const row = await database
    .updateTable('hook_calls')
    .set(({ eb }) => ({ claim, tries: eb('tries', '+', 1), not_before: leased }))
    .where('id', '=', (calls) =>
      calls
        .selectFrom('hook_calls')
        .select('id')
        .where('state', '=', 'waiting')
        .where('not_before', '<=', sql<Date>`now()`)
        .where('hook', 'in', hooks)
        .orderBy('not_before')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'hook', 'event_id', 'event_at', 'type', 'data', 'video', 'tries'])
    .executeTakeFirst()
  if (!row) return null
  const { id, hook, tries, type, data } = row
  const event = { id: row.event_id, type, data, at: row.event_at }
  // Sound: orderHookCalls wrote it.
  return { id, claim, hook, tries, event, video: row.video as unknown as VideoInShort }
}

/** Says that the call is still being made. */
export async function renewClaim(
  database: Kysely<Tables>,
  { id, claim }: Pick<ClaimedCall, 'id' | 'claim'>,
): Promise<void> {
  await database
    .updateTable('hook_calls')
    .set({ not_before: leased })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .where('state', '=', 'waiting')
    .execute()
}

/** When the next call of these hooks is due; null when none waits. */
export async function readNextDue(
  database: Kysely<Tables>,
  hooks: readonly string[],
): Promise<{ readonly inMs: number } | null> {
  const row = await database
    .selectFrom('hook_calls')
    .select(sql<number | null>`extract(epoch from min(not_before) - now())::float8`.as('seconds'))
    .where('state', '=', 'waiting')
    .where('hook', 'in', hooks)
    .executeTakeFirstOrThrow()
  return row.seconds === null ? null : { inMs: Math.max(0, row.seconds * 1000) }
}
