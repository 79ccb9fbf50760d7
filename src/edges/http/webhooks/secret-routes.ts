import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readOwnSecret } from '#webhooks/own-secret.ts'
import { rotateSecret } from '#webhooks/rotate-secret.ts'
import { problems } from '../schemas.ts'
import type { WebhookRouteOptions } from './routes.ts'
import { CreatedWebhook, WebhookParams } from './schemas.ts'

const dayS = 24 * 3600

const Rotation = Type.Object(
  {
    keepOldSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30 * dayS,
        description: 'How long calls are signed with the old one too; a day when left out',
      }),
    ),
  },
  { additionalProperties: false },
)

/** POST /:id/rotate-secret, GET /video-secret */
export const secretRoutes: FastifyPluginAsyncTypebox<WebhookRouteOptions> = async (
  app,
  { parts: { database, config } },
) => {
  const rotate = {
    tags: ['webhooks'],
    summary: 'Replace the secret of a webhook; the new one is shown this once',
    params: WebhookParams,
    body: Type.Union([Rotation, Type.Null()]),
    response: { 200: CreatedWebhook, ...problems },
  }
  app.post('/:id/rotate-secret', { schema: rotate }, async ({ params, body }) =>
    rotateSecret(database, params.id, body?.keepOldSeconds ?? dayS),
  )

  const own = {
    tags: ['webhooks'],
    summary: "What calls of videos' own addresses are signed with",
    response: { 200: Type.Object({ secret: Type.String() }), ...problems },
  }
  app.get('/video-secret', { schema: own }, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { secret: await readOwnSecret(database, config.webhookSecret) }
  })
}
