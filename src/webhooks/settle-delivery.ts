import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { disableEndpoint } from './disable-endpoint.ts'

/** How one call went. */
export interface AttemptRecord {
  /** null: nobody answered. */
  readonly status: number | null
  readonly error: string | null
  /** The answer's first bytes as text. */
  readonly response: string | null
  readonly durationMs: number
}

/** What becomes of a delivery after an attempt. */
export type Verdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly delayMs: number }
  /** `disable`: why its endpoint gets nothing more; null where it does. */
  | { readonly kind: 'failed'; readonly disable: string | null }

/** An endpoint that answered nothing right for so long is disabled. */
const failingDays = 3

/**
 * Writes an attempt and what follows from it, in one transaction. Whoever comes late, after the lease,
 * changes nothing but by a success: what was delivered was.
 */
export async function settleDelivery(
  database: Kysely<Tables>,
  delivery: ClaimedDelivery,
  attempt: AttemptRecord,
  verdict: Verdict,
): Promise<void> {
  await database.transaction().execute(async (tx) => {
    const { endpointId } = delivery
    if (endpointId !== null) await lockEndpoint(tx, endpointId)
    await moveOn(tx, delivery, attempt, verdict)
    if (endpointId !== null) await noteHealth(tx, endpointId, verdict)
    await sql`
      insert into webhook_attempts (delivery_id, number, status, error, response, duration_ms)
      select id, ${delivery.attempts + 1}, ${attempt.status}, ${attempt.error},
             ${attempt.response}, ${Math.round(attempt.durationMs)}
      from webhook_deliveries where id = ${delivery.id}`.execute(tx)
  })
}

/** Ends a delivery that was claimed and cannot be sent: its endpoint was disabled meanwhile. */
export async function failUnsent(
  database: Kysely<Tables>,
  { id, claim }: Pick<ClaimedDelivery, 'id' | 'claim'>,
  error: string,
): Promise<void> {
  await database
    .updateTable('webhook_deliveries')
    .set({ state: 'failed', error, claim: null, finished_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .where('state', '=', 'pending')
    .execute()
}

async function moveOn(
  tx: Transaction<Tables>,
  { id, claim, attempts }: ClaimedDelivery,
  { error }: AttemptRecord,
  verdict: Verdict,
): Promise<void> {
  const isRetry = verdict.kind === 'retry'
  let update = tx
    .updateTable('webhook_deliveries')
    .set({
      state: isRetry ? 'pending' : verdict.kind,
      attempts: attempts + 1,
      error,
      claim: null,
      ...(isRetry
        ? { next_attempt_at: sql<Date>`now() + make_interval(secs => ${verdict.delayMs / 1000})` }
        : { finished_at: sql<Date>`now()` }),
    })
    .where('id', '=', id)
    .where('state', '=', 'pending')
  if (verdict.kind !== 'delivered') update = update.where('claim', '=', claim)
  await update.execute()
}

/** Before the delivery's row, as whoever disables the endpoint does: so no two wait for each other. */
async function lockEndpoint(tx: Transaction<Tables>, id: string): Promise<void> {
  await tx
    .selectFrom('webhook_endpoints')
    .select('id')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .execute()
}

async function noteHealth(tx: Transaction<Tables>, id: string, verdict: Verdict): Promise<void> {
  if (verdict.kind === 'delivered') return forgetFailures(tx, id)
  if (verdict.kind === 'failed' && verdict.disable !== null) {
    return disableEndpoint(tx, id, verdict.disable)
  }
  const { isLong } = (await tx
    .updateTable('webhook_endpoints')
    .set({ failing_since: sql<Date>`coalesce(failing_since, now())` })
    .where('id', '=', id)
    .returning(
      sql<boolean>`failing_since < now() - make_interval(days => ${failingDays})`.as('isLong'),
    )
    .executeTakeFirst()) ?? { isLong: false }
  if (isLong) await disableEndpoint(tx, id, `It has not answered well for ${failingDays} days.`)
}

async function forgetFailures(tx: Transaction<Tables>, id: string): Promise<void> {
  await tx
    .updateTable('webhook_endpoints')
    .set({ failing_since: null })
    .where('id', '=', id)
    .where('failing_since', 'is not', null)
    .execute()
}
