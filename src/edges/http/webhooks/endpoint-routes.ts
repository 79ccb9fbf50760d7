import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { createEndpoint } from '#webhooks/create-endpoint.ts'
import { getEndpoint, listEndpoints } from '#webhooks/endpoint.ts'
import { listEventTypes } from '#webhooks/formats.ts'
import { deleteEndpoint, updateEndpoint } from '#webhooks/update-endpoint.ts'
import { problems, WebhookFormat } from '../schemas.ts'
import type { WebhookRouteOptions } from './routes.ts'
import {
  CreatedWebhook,
  Description,
  Events,
  EventTypes,
  Url,
  Webhook,
  WebhookList,
  WebhookParams,
} from './schemas.ts'

const NewWebhook = Type.Object(
  {
    url: Url,
    description: Type.Optional(Description),
    format: Type.Optional(WebhookFormat),
    events: Type.Optional(Events),
    signing: Type.Optional(Type.Enum(['hmac', 'ed25519'])),
    secret: Type.Optional(Type.String({ maxLength: 200, description: 'whsec_…, for hmac' })),
  },
  { additionalProperties: false },
)

const Changes = Type.Object(
  {
    url: Type.Optional(Url),
    description: Type.Optional(Description),
    events: Type.Optional(Events),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

/** GET and POST /, GET /event-types, GET, PATCH and DELETE /:id */
export const endpointRoutes: FastifyPluginAsyncTypebox<WebhookRouteOptions> = async (
  app,
  { parts: { database, web } },
) => {
  const about = (summary: string) => ({ tags: ['webhooks'], summary })
  const list = { ...about('Who is told of events'), response: { 200: WebhookList, ...problems } }
  app.get('', { schema: list }, async () => ({ webhooks: await listEndpoints(database) }))

  const types = {
    ...about('Events that webhooks can be told of, in the order of a video’s journey'),
    response: { 200: EventTypes, ...problems },
  }
  app.get('/event-types', { schema: types }, async () => ({ eventTypes: listEventTypes() }))

  const create = {
    ...about('Tell somebody of events; the secret is shown this once'),
    body: NewWebhook,
    response: { 201: CreatedWebhook, ...problems },
  }
  app.post('', { schema: create }, async ({ body }, reply) => {
    await web.check(body.url)
    const made = await createEndpoint(database, body)
    return reply.code(201).header('location', `/api/v1/webhooks/${made.id}`).send(made)
  })

  const one = { params: WebhookParams, response: { 200: Webhook, ...problems } }
  app.get('/:id', { schema: { ...about('A webhook'), ...one } }, async ({ params }) =>
    getEndpoint(database, params.id),
  )

  const change = { ...about('Change, enable or disable a webhook'), ...one, body: Changes }
  app.patch('/:id', { schema: change }, async ({ params, body }) => {
    if (body.url !== undefined) await web.check(body.url)
    return updateEndpoint(database, params.id, body)
  })

  const remove = {
    ...about('Delete a webhook with its deliveries'),
    params: WebhookParams,
    response: { 204: Type.Null(), ...problems },
  }
  app.delete('/:id', { schema: remove }, async ({ params }, reply) => {
    await deleteEndpoint(database, params.id)
    return reply.code(204).send(null)
  })
}
