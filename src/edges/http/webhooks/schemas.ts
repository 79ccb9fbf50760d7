import { Type } from 'typebox'
import { webhookEvents } from '#webhooks/event-types.ts'
import { nullable, WebhookFormat } from '../schemas.ts'

const Time = Type.String({ format: 'date-time' })
const Id = Type.String({ format: 'uuid' })

export const WebhookParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const Events = Type.Array(Type.Enum([...webhookEvents]), { minItems: 1, maxItems: 100 })
export const EventTypes = Type.Object({
  eventTypes: Type.Array(
    Type.Object({
      type: Type.String(),
      sentence: Type.String({ description: 'What became true' }),
      byDefault: Type.Boolean({ description: 'Told to those who did not choose' }),
      formats: Type.Array(WebhookFormat, { description: 'In which it can be told' }),
    }),
  ),
})

export const Url = Type.String({ maxLength: 2000, pattern: '^https?://' })
export const Description = Type.String({ maxLength: 500 })

const fields = {
  id: Id,
  url: Type.String(),
  description: Type.String(),
  format: WebhookFormat,
  events: Type.Array(Type.String()),
  signing: Type.Enum(['hmac', 'ed25519']),
  publicKeys: Type.Array(Type.String(), {
    description: 'whpk_…, the newest first; for ed25519',
  }),
  oldSecretExpiresAt: nullable(Time),
  enabled: Type.Boolean(),
  disabledReason: nullable(Type.String()),
  disabledAt: nullable(Time),
  failingSince: nullable(Time),
  createdAt: Time,
  updatedAt: Time,
}

/** EndpointView of webhooks/endpoint.ts. */
export const Webhook = Type.Object(fields)

export const WebhookList = Type.Object({ webhooks: Type.Array(Webhook) })

/** CreatedEndpoint of webhooks/create-endpoint.ts. */
export const CreatedWebhook = Type.Object({
  ...fields,
  secret: nullable(Type.String({ description: 'whsec_…, shown this once; null for ed25519' })),
})

const deliveryFields = {
  id: Id,
  messageId: Type.String({ description: 'webhook-id, the same for every repetition' }),
  webhookId: nullable(Id),
  url: Type.String(),
  format: WebhookFormat,
  videoId: nullable(Id),
  type: Type.String(),
  state: Type.Enum(['pending', 'delivered', 'failed']),
  attempts: Type.Integer(),
  nextAttemptAt: nullable(Time),
  error: nullable(Type.String()),
  happenedAt: Time,
  finishedAt: nullable(Time),
}

/** DeliveryView of webhooks/delivery.ts. */
export const Delivery = Type.Object(deliveryFields)

export const DeliveryPage = Type.Object({
  deliveries: Type.Array(Delivery, { description: 'From the newest to the oldest' }),
  next: nullable(Type.String({ description: 'The cursor of the next page' })),
})

/** DeliveryDetails of webhooks/delivery.ts. */
export const DeliveryDetails = Type.Object({
  ...deliveryFields,
  body: nullable(Type.String()),
  calls: Type.Array(
    Type.Object({
      number: Type.Integer(),
      status: nullable(Type.Integer()),
      error: nullable(Type.String()),
      response: nullable(Type.String({ description: "The answer's first bytes" })),
      durationMs: Type.Integer(),
      at: Time,
    }),
  ),
})
