import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { cancelVideo } from '#flow/cancel-video.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import { applyNow } from '#flow/notifications/sweep-parked.ts'
import type { Parts } from '#flow/parts.ts'
import { retryVideo } from '#flow/retry-video.ts'
import { requireRole } from '#people/rights.ts'
import { updateVideo } from '#videos/update.ts'
import { principalOf } from '../access/principal-of.ts'
import {
  ExternalId,
  Metadata,
  nullable,
  problems,
  Video,
  VideoName,
  VideoParams,
  Visibility,
  WebhookUrl,
} from '../schemas.ts'
import { IfMatch, ifMatchSentence, readIfMatch, sendVideo } from './etag.ts'
import { requireChangeableVideo, requireVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'

const Changes = Type.Object(
  {
    name: Type.Optional(VideoName),
    metadata: Type.Optional(Metadata),
    visibility: Type.Optional(Visibility),
    webhookUrl: Type.Optional(nullable(WebhookUrl)),
    externalId: Type.Optional(nullable(ExternalId)),
    ownerId: Type.Optional(
      nullable(Type.String({ format: 'uuid', description: 'Operators only' })),
    ),
  },
  { additionalProperties: false },
)

type Move = (parts: Parts, id: string) => Promise<void>

/** PATCH and DELETE /:id, POST /:id/cancel and /:id/retry */
export const changeRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  const about = (summary: string) => ({ tags: ['videos'], summary, params: VideoParams })
  const answer = { response: { 200: Video, ...problems } }
  const who = (request: FastifyRequest) => principalOf(access, request)

  app.patch(
    '/:id',
    {
      schema: {
        ...about('Change what people say of a video'),
        description: ifMatchSentence,
        headers: IfMatch,
        body: Changes,
        ...answer,
      },
    },
    async (request, reply) => {
      const principal = await who(request)
      const id = await requireChangeableVideo(parts, principal, request.params.id)
      const { ownerId, webhookUrl, externalId } = request.body
      if (webhookUrl) parts.web.read(webhookUrl)
      if (ownerId !== undefined) requireRole(principal, 'operator')
      await updateVideo(parts.database, id, request.body, readIfMatch(request))
      if (externalId) await applyNow(parts, externalId)
      return sendVideo(reply, await requireVideo(parts, principal, id))
    },
  )

  app.delete(
    '/:id',
    {
      schema: {
        ...about('Delete a video with all its files'),
        description: ifMatchSentence,
        headers: IfMatch,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const id = await requireChangeableVideo(parts, await who(request), request.params.id)
      await deleteVideo(parts, id, readIfMatch(request))
      return reply.code(204).send(null)
    },
  )

  const moves: readonly [string, string, Move][] = [
    ['cancel', 'Stop the work on a video', cancelVideo],
    ['retry', 'Take up a failed or cancelled video again', retryVideo],
  ]
  for (const [name, summary, move] of moves) {
    app.post(`/:id/${name}`, { schema: { ...about(summary), ...answer } }, async (request) => {
      const principal = await who(request)
      const id = await requireChangeableVideo(parts, principal, request.params.id)
      await move(parts, id)
      return requireVideo(parts, principal, id)
    })
  }
}
