import type { ColumnType, Generated } from 'kysely'
import type { Json, Timestamp } from './column-types.ts'

/** How a webhook's body is written: see webhooks/formats.ts. */
export type WebhookFormat = 'standard' | 'request_reference' | 'assembly' | 'ancestor'

export type DeliveryState = 'pending' | 'delivered' | 'failed'

/** The tables about those who are told of events by HTTP calls. */
export interface WebhookTables {
  webhook_endpoints: {
    id: string
    url: string
    description: Generated<string>
    format: Generated<WebhookFormat>
    events: ColumnType<readonly string[], readonly string[], readonly string[]>
    signing: Generated<'hmac' | 'ed25519'>
    enabled: Generated<boolean>
    disabled_reason: string | null
    disabled_at: Date | null
    failing_since: Date | null
    created_at: Timestamp
    updated_at: Timestamp
  }
  webhook_secrets: {
    id: Generated<number>
    endpoint_id: string
    secret: string
    created_at: Timestamp
    expires_at: Date | null
  }
  webhook_deliveries: {
    id: Generated<string>
    number: Generated<number>
    message_id: string
    endpoint_id: string | null
    target: string
    url: string | null
    format: WebhookFormat
    video_id: string | null
    type: string
    data: Json<Record<string, unknown>>
    happened_at: Timestamp
    body: string | null
    state: Generated<DeliveryState>
    attempts: Generated<number>
    next_attempt_at: Timestamp
    claim: string | null
    error: string | null
    finished_at: Date | null
    created_at: Timestamp
  }
  webhook_attempts: {
    id: Generated<number>
    delivery_id: string
    number: number
    status: number | null
    error: string | null
    response: string | null
    duration_ms: number
    created_at: Timestamp
  }
}
