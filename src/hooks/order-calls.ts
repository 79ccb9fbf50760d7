import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import type { HookEvent } from './hook-call.ts'

/**
 * Writes a call for every hook that is to be told of an event, in the event's own transaction: what
 * happened is told, and nothing else is. One statement, which finds nothing where no hooks are.
 */
export async function orderHookCalls(
  tx: Transaction<Tables>,
  videoId: string,
  { id, type, data }: Omit<HookEvent, 'at'>,
): Promise<void> {
  const { numAffectedRows = 0n } = await sql`
    insert into hook_calls (hook, event_id, video_id, type, data, video)
    select hooks.name, ${id}, ${videoId}, ${type}, ${JSON.stringify(data)}::jsonb,
           json_build_object('id', videos.id, 'name', videos.name,
                             'externalId', videos.external_id, 'metadata', videos.metadata)
    from hooks join videos on videos.id = ${videoId}
    where ${type} = any(hooks.events)`.execute(tx)
  if (numAffectedRows > 0n) await notify(tx, 'hooks', {})
}
