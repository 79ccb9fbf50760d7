import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { DeliveryState, WebhookFormat } from '#database/webhook-tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** One event for one receiver, as operators see it. */
export interface DeliveryView {
  readonly id: string
  /** webhook-id: what receivers tell repetitions by. */
  readonly messageId: string
  /** null: the video's own address. */
  readonly webhookId: string | null
  readonly url: string
  readonly format: WebhookFormat
  /** null for a test. */
  readonly videoId: string | null
  readonly type: string
  readonly state: DeliveryState
  /** Calls that were made since it was written, or replayed. */
  readonly attempts: number
  /** Only while it waits. */
  readonly nextAttemptAt: string | null
  /** Why the last call was not taken, or no more are made. */
  readonly error: string | null
  readonly happenedAt: string
  readonly finishedAt: string | null
}

/** A call that was made. */
export interface AttemptView {
  readonly number: number
  readonly status: number | null
  readonly error: string | null
  readonly response: string | null
  readonly durationMs: number
  readonly at: string
}

/** A delivery with what was sent and every call. */
export interface DeliveryDetails extends DeliveryView {
  /** null before the first call. */
  readonly body: string | null
  readonly calls: readonly AttemptView[]
}

export interface DeliveryFilter {
  readonly webhookId?: string | undefined
  readonly videoId?: string | undefined
  readonly state?: DeliveryState | undefined
  readonly type?: string | undefined
  /** `next` of the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
}

export interface DeliveryPage {
  /** The newest first. */
  readonly deliveries: readonly DeliveryView[]
  readonly next: string | null
}

/** A page of deliveries. Fails with `invalid_request` on a cursor that is none of ours. */
export async function listDeliveries(
  database: Kysely<Tables>,
  { webhookId, videoId, state, type, cursor, limit }: DeliveryFilter,
): Promise<DeliveryPage> {
  let query = selectDeliveries(database)
    .orderBy('number', 'desc')
    .limit(limit + 1)
  if (webhookId !== undefined) query = query.where('endpoint_id', '=', webhookId)
  if (videoId !== undefined) query = query.where('video_id', '=', videoId)
  if (state !== undefined) query = query.where('webhook_deliveries.state', '=', state)
  if (type !== undefined) query = query.where('type', '=', type)
  if (cursor !== undefined) query = query.where('number', '<', parseCursor(cursor))
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    deliveries: shown.map(toView),
    next: last && rows.length > shown.length ? String(last.number) : null,
  }
}

/** Fails with `delivery_not_found`. */
export async function getDelivery(database: Kysely<Tables>, id: string): Promise<DeliveryDetails> {
  const row = await selectDeliveries(database)
    .select('body')
    .where('webhook_deliveries.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new ReelmillError('delivery_not_found')
  const calls = await database
    .selectFrom('webhook_attempts')
    .select(['number', 'status', 'error', 'response', 'duration_ms', 'created_at'])
    .where('delivery_id', '=', id)
    .orderBy('id')
    .execute()
  return {
    ...toView(row),
    body: row.body,
    calls: calls.map(({ duration_ms, created_at, ...call }) => ({
      ...call,
      durationMs: duration_ms,
      at: created_at.toISOString(),
    })),
  }
}

function selectDeliveries(database: Kysely<Tables>) {
  return database
    .selectFrom('webhook_deliveries')
    .leftJoin('webhook_endpoints', 'webhook_endpoints.id', 'webhook_deliveries.endpoint_id')
    .select([
      'webhook_deliveries.id',
      'number',
      'message_id',
      'endpoint_id',
      'webhook_deliveries.format',
      'video_id',
      'type',
      'state',
      'attempts',
      'next_attempt_at',
      'error',
      'happened_at',
      'finished_at',
      sql<string>`coalesce(webhook_deliveries.url, webhook_endpoints.url)`.as('shown_url'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDeliveries>['execute']>>[number]

function toView(row: Row): DeliveryView {
  return {
    id: row.id,
    messageId: row.message_id,
    webhookId: row.endpoint_id,
    url: row.shown_url,
    format: row.format,
    videoId: row.video_id,
    type: row.type,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.state === 'pending' ? row.next_attempt_at.toISOString() : null,
    error: row.error,
    happenedAt: row.happened_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

function parseCursor(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new ReelmillError('invalid_request', 'The cursor is not one that this server gave.')
}
