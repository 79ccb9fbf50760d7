import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { createOnce } from '#flow/create-once.ts'
import type { VideoDetails } from '#flow/open-version.ts'
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
import { IdempotencyKey, readRequestKey } from './request-key.ts'
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
        headers: IdempotencyKey,
        response: { 201: Video, ...problems },
      },
    },
    async (request, reply) => {
      const principal = await principalOf(access, request)
      const { source, ...about } = request.body
      const wanted = source ? readSource(source) : null
      const make = (also?: VideoDetails['also']) =>
        takeIn(parts, principal, {
          details: { ...about, ownerId: principal.userId, also },
          source: wanted,
        })
      const key = readRequestKey(request, principal)
      const isWhole = wanted === null || wanted.kind === 'url'
      const id = key ? await createOnce(parts, key, { make, isWhole }) : await make()
      reply.code(201).header('location', `/api/v1/videos/${id}`)
      return requireVideo(parts, principal, id)
    },
  )
}
