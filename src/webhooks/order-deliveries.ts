import { randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { testEvent } from './event-types.ts'
import { formatsToldOf } from './formats.ts'

/** An event of a video that was just written. */
interface VideoEvent {
  readonly videoId: string
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * Writes a delivery for everybody who is to be told of an event, in the event's own transaction: what
 * happened is told, and nothing else is. One statement, which finds nothing where nobody listens.
 */
export async function orderDeliveries(
  tx: Kysely<Tables>,
  { videoId, type, data }: VideoEvent,
): Promise<void> {
  const { numAffectedRows = 0n } = await sql`
    insert into webhook_deliveries
      (message_id, endpoint_id, target, url, format, video_id, type, data, happened_at)
    select ${mintMessageId()}, receivers.endpoint_id, receivers.target, receivers.url,
           receivers.format, ${videoId}, ${type},
           ${JSON.stringify(data)}::jsonb
             || jsonb_build_object('id', ${videoId}::text, 'externalId', videos.external_id),
           now()
    from (
      select id as endpoint_id, id::text as target, null as url, format
      from webhook_endpoints
      where enabled and ${type} = any(events)
      union all
      -- Its host: one that is slow must not hold up the others.
      select null, substring(webhook_url from '^[^/]*//[^/?#]*'), webhook_url, webhook_format
      from videos
      where id = ${videoId} and webhook_url is not null
        and webhook_format = any(${formatsToldOf(type)}::text[])
    ) receivers
    left join videos on videos.id = ${videoId}`.execute(tx)
  if (numAffectedRows > 0n) await notify(tx, 'webhooks', {})
}

/** Orders a test of an endpoint; the id of the delivery. */
export async function orderTest(database: Kysely<Tables>, endpointId: string): Promise<string> {
  return database.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto('webhook_deliveries')
      .values({
        message_id: mintMessageId(),
        endpoint_id: endpointId,
        target: endpointId,
        // A format that tells of ends has no word for a test.
        format: 'standard',
        type: testEvent,
        data: JSON.stringify({ webhookId: endpointId }),
        happened_at: sql<Date>`now()`,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await notify(tx, 'webhooks', {})
    return id
  })
}

/** Without a dot: signatures are over `id.timestamp.body`. */
function mintMessageId(): string {
  return `msg_${randomBytes(16).toString('hex')}`
}
