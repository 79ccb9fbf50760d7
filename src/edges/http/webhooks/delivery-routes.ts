import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { getDelivery, listDeliveries } from '#webhooks/delivery.ts'
import { orderTest } from '#webhooks/order-deliveries.ts'
import { replayDelivery, replayFailed } from '#webhooks/replay-deliveries.ts'
import { requireEnabled } from '#webhooks/require-enabled.ts'
import { problems } from '../schemas.ts'
import type { WebhookRouteOptions } from './routes.ts'
import { DeliveryDetails, DeliveryPage, WebhookParams } from './schemas.ts'

const Query = Type.Object(
  {
    webhookId: Type.Optional(Type.String({ format: 'uuid' })),
    videoId: Type.Optional(Type.String({ format: 'uuid' })),
    state: Type.Optional(Type.Enum(['pending', 'delivered', 'failed'])),
    type: Type.Optional(Type.String({ maxLength: 100 })),
    cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next` of a page' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  },
  { additionalProperties: false },
)

const Since = Type.Object(
  { since: Type.String({ format: 'date-time', description: 'Of events from then on' }) },
  { additionalProperties: false },
)

/** GET /deliveries and /deliveries/:id, POST /deliveries/:id/replay, /:id/replay and /:id/test */
export const deliveryRoutes: FastifyPluginAsyncTypebox<WebhookRouteOptions> = async (
  app,
  { parts: { database } },
) => {
  const about = (summary: string) => ({ tags: ['webhooks'], summary })
  const list = {
    ...about('What was told, or is to be, from the newest to the oldest'),
    querystring: Query,
    response: { 200: DeliveryPage, ...problems },
  }
  app.get('/deliveries', { schema: list }, async ({ query: { limit = 20, ...which } }) =>
    listDeliveries(database, { ...which, limit }),
  )

  const one = { params: WebhookParams, response: { 200: DeliveryDetails, ...problems } }
  const get = { ...about('A delivery with its body and every call'), ...one }
  app.get('/deliveries/:id', { schema: get }, async ({ params }) =>
    getDelivery(database, params.id),
  )

  const replay = { ...about('Send a delivery once more, with the same id and body'), ...one }
  app.post('/deliveries/:id/replay', { schema: replay }, async ({ params }) => {
    await replayDelivery(database, params.id)
    return getDelivery(database, params.id)
  })

  const replayAll = {
    ...about('Send all that failed since a time once more'),
    params: WebhookParams,
    body: Since,
    response: { 200: Type.Object({ replayed: Type.Integer() }), ...problems },
  }
  app.post('/:id/replay', { schema: replayAll }, async ({ params, body }) => ({
    replayed: await replayFailed(database, params.id, new Date(body.since)),
  }))

  const trial = { ...about('Send a webhook.test'), ...one }
  app.post('/:id/test', { schema: trial }, async ({ params }) => {
    await requireEnabled(database, params.id)
    return getDelivery(database, await orderTest(database, params.id))
  })
}
