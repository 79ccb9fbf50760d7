import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { WebhookFormat } from '#database/webhook-tables.ts'

/** A delivery whose next attempt this process makes; `claim` is shown when it is settled. */
export interface ClaimedDelivery {
  readonly id: string
  readonly claim: string
  readonly messageId: string
  /** null: the video's own address, which is `url`. */
  readonly endpointId: string | null
  readonly target: string
  readonly url: string | null
  readonly format: WebhookFormat
  readonly videoId: string | null
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  readonly happenedAt: Date
  /** As it was sent before; null at first. */
  readonly body: string | null
  /** Attempts that were made. */
  readonly attempts: number
}

/** Of each queue; those that wait for the event before them are among these. */
const headLength = 100

interface Claiming {
  /** At most so many. */
  readonly limit: number
  /** Of one target at once, together with those that are under way here. */
  readonly perTarget: number
  readonly underWay: Readonly<Record<string, number>>
  /** After which others may take them, should this process be gone. */
  readonly leaseSeconds: number
}

/**
 * Takes deliveries that are due, of all targets in turn, so that one with a long queue does not keep
 * the others waiting. What was never tried waits until the video's events before it have been, at
 * the same target: they arrive in order unless one must be repeated.
 */
export async function claimDeliveries(
  database: Kysely<Tables>,
  { limit, perTarget, underWay, leaseSeconds }: Claiming,
): Promise<ClaimedDelivery[]> {
  const claim = randomUUID()
  const { rows } = await sql<ClaimedDelivery>`
    with recursive targets (target) as (
      (select target from webhook_deliveries where state = 'pending' order by target limit 1)
      union all
      -- The next one after it, found in the index without reading the queue between them.
      select (select next.target from webhook_deliveries next
              where next.state = 'pending' and next.target > targets.target
              order by next.target limit 1)
      from targets where targets.target is not null
    ),
    -- Materialized, as the head of each queue is cut off and the row before is asked for by itself:
    -- joins would let the planner read a queue of 100,000 for every row, and it did.
    due as materialized (
      select queued.id
      from targets cross join lateral (
        select head.id, head.next_attempt_at,
               row_number() over (order by head.next_attempt_at, head.number) as place
        from (
          select id, video_id, next_attempt_at, number
          from webhook_deliveries waiting
          where state = 'pending' and target = targets.target and next_attempt_at <= now()
          order by next_attempt_at, number
          limit ${headLength}::int
        ) head
        where coalesce((
          select untried.number from webhook_deliveries untried
          where untried.state = 'pending' and untried.attempts = 0
            and untried.target = targets.target and untried.video_id = head.video_id
          order by untried.number limit 1), head.number) >= head.number
        order by place
        limit greatest(0, ${perTarget}::int
                          - coalesce((${JSON.stringify(underWay)}::jsonb->>targets.target)::int, 0))
      ) queued
      where targets.target is not null
      order by queued.place, queued.next_attempt_at
      limit ${limit}::int
    )
    update webhook_deliveries
    set claim = ${claim}, next_attempt_at = now() + make_interval(secs => ${leaseSeconds})
    from due
    -- Said again of the row itself: of two processes that found it one finds it moved on.
    where webhook_deliveries.id = due.id and state = 'pending' and next_attempt_at <= now()
    returning webhook_deliveries.id, claim, message_id as "messageId",
      endpoint_id as "endpointId", target, url, format, video_id as "videoId", type, data,
      happened_at as "happenedAt", body, attempts`.execute(database)
  return rows
}

/** Gives deliveries back that were claimed and not tried, as when this process ends. */
export async function releaseDelivery(
  database: Kysely<Tables>,
  { id, claim }: Pick<ClaimedDelivery, 'id' | 'claim'>,
): Promise<void> {
  await database
    .updateTable('webhook_deliveries')
    .set({ claim: null, next_attempt_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .where('state', '=', 'pending')
    .execute()
}
