import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { principalOf } from '../access/principal-of.ts'
import {
  BaseName,
  ExternalId,
  Metadata,
  ProfileName,
  problems,
  Video,
  VideoName,
  Visibility,
  WebhookFormat,
  WebhookUrl,
} from '../schemas.ts'
import { requireVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'
import { readSource, SourceReference } from './source-reference.ts'
import { takeIn } from './take-in.ts'

const Body = Type.Object(
  {
    name: Type.Optional(VideoName),
    source: Type.Optional(SourceReference),
    profile: Type.Optional(ProfileName),
    baseName: Type.Optional(BaseName),
    metadata: Type.Optional(Metadata),
    visibility: Type.Optional(Visibility),
    webhookUrl: Type.Optional(WebhookUrl),
    webhookFormat: Type.Optional(WebhookFormat),
    externalId: Type.Optional(ExternalId),
  },
  { additionalProperties: false },
)

/** POST / */
export const createRoute: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  app.post(
    '',
    {
      schema: {
        tags: ['videos'],
        summary:
          'Make a video of an address, an object or a file; or one that waits for its upload',
        body: Body,
        response: { 201: Video, ...problems },
      },
    },
    async (request, reply) => {
      const principal = await principalOf(access, request)
      const { source, ...about } = request.body
      const details = { ...about, ownerId: principal.userId }
      const id = await takeIn(parts, principal, {
        details,
        source: source ? readSource(source) : null,
      })
      reply.code(201).header('location', `/api/v1/videos/${id}`)
      return requireVideo(parts, principal, id)
    },
  )
}
