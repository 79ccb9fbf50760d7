import { type Kysely, sql } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { HookCallState, Tables } from '#database/tables.ts'
import type { HookCallView } from './hook-call.ts'

/** Which calls are wanted; all when nothing is said. */
export interface HookCallQuery {
  readonly state?: HookCallState | undefined
  readonly hook?: string | undefined
  readonly videoId?: string | undefined
  /** 100 when left out. */
  readonly limit?: number | undefined
}

/** Calls of hooks, the newest first. */
export async function listHookCalls(
  database: Kysely<Tables>,
  { state, hook, videoId, limit = 100 }: HookCallQuery = {},
): Promise<HookCallView[]> {
  const rows = await database
    .selectFrom('hook_calls')
    .selectAll()
    .$if(state !== undefined, (calls) => calls.where('state', '=', state ?? 'waiting'))
    .$if(hook !== undefined, (calls) => calls.where('hook', '=', hook ?? ''))
    .$if(videoId !== undefined, (calls) => calls.where('video_id', '=', videoId ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    hook: row.hook,
    event: { id: row.event_id, type: row.type, data: row.data, at: row.event_at },
    videoId: row.video_id,
    state: row.state,
    tries: row.tries,
    error: row.error,
    notBefore: row.not_before,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }))
}

/** Orders a call that was given up once more, with all its tries; false when there is no such one. */
export async function retryHookCall(database: Kysely<Tables>, id: number): Promise<boolean> {
  return database.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('hook_calls')
      .set({ state: 'waiting', tries: 0, claim: null, not_before: sql`now()`, finished_at: null })
      .where('id', '=', id)
      .where('state', '=', 'failed')
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await notify(tx, 'hooks', {})
    return numUpdatedRows > 0n
  })
}
