import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { ClaimedCall } from './claim-call.ts'

/** Seconds to wait after each failed try; the call is given up after the last, some 40 hours later. */
const pausesSeconds = [1, 5, 30, 120, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 15 * 3600]

type Claim = Pick<ClaimedCall, 'id' | 'claim'>

/** The hook returned: it is never called with this event again. */
export async function completeHookCall(database: Kysely<Tables>, claim: Claim): Promise<void> {
  await claimed(database, claim)
    .set({ state: 'completed', error: null, finished_at: sql<Date>`now()` })
    .execute()
}

/**
 * The hook threw: it is called again later, or not any more.
 *
 * @returns the milliseconds until the next try; null when it was the last.
 */
export async function postponeHookCall(
  database: Kysely<Tables>,
  call: Claim & Pick<ClaimedCall, 'tries'>,
  error: string,
): Promise<number | null> {
  const seconds = pausesSeconds[call.tries - 1]
  await claimed(database, call)
    .set(
      seconds === undefined
        ? { state: 'failed', error, finished_at: sql<Date>`now()` }
        : { error, claim: null, not_before: sql<Date>`now() + make_interval(secs => ${seconds})` },
    )
    .execute()
  return seconds === undefined ? null : seconds * 1000
}

/** Only the process that makes the call says how it ended. */
function claimed(database: Kysely<Tables>, { id, claim }: Claim) {
  return database
    .updateTable('hook_calls')
    .where('id', '=', id)
    .where('claim', '=', claim)
    .where('state', '=', 'waiting')
}
