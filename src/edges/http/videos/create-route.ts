import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { createVideo } from '#flow/create-video.ts'
import { BaseName, Metadata, ProfileName, problems, Video, VideoName } from '../schemas.ts'
import { requireVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'
import { requirePath, SourceReference } from './source-path.ts'

const Body = Type.Object(
  {
    name: Type.Optional(VideoName),
    source: SourceReference,
    profile: Type.Optional(ProfileName),
    baseName: Type.Optional(BaseName),
    metadata: Type.Optional(Metadata),
  },
  { additionalProperties: false },
)

/** POST / */
export const createRoute: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (app, { parts }) => {
  app.post(
    '',
    {
      schema: {
        tags: ['videos'],
        summary: 'Take in a video from a file of the server’s machine',
        body: Body,
        response: { 201: Video, ...problems },
      },
    },
    async (request, reply) => {
      const { source, ...about } = request.body
      const id = await createVideo(parts, {
        ...about,
        source: { kind: 'file', ...requirePath(source) },
      })
      reply.code(201).header('location', `/api/v1/videos/${id}`)
      return requireVideo(parts, id)
    },
  )
}
