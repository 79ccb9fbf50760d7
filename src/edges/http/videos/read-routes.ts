import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { baseUrlOf } from '#videos/base-url.ts'
import { listVideos } from '#videos/list.ts'
import { problems, Video, VideoPage, VideoParams, VideoState } from '../schemas.ts'
import { requireVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'

const Query = Type.Object(
  {
    state: Type.Optional(VideoState),
    cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next` of a page' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  },
  { additionalProperties: false },
)

/** GET / and GET /:id */
export const readRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (app, { parts }) => {
  const list = {
    tags: ['videos'],
    summary: 'Videos, from the newest to the oldest',
    querystring: Query,
    response: { 200: VideoPage, ...problems },
  }
  app.get('', { schema: list }, async ({ query: { limit = 20, ...which } }) =>
    listVideos(parts.database, { ...which, limit, baseUrl: baseUrlOf(parts.config) }),
  )

  const get = {
    tags: ['videos'],
    summary: 'A video',
    params: VideoParams,
    response: { 200: Video, ...problems },
  }
  app.get('/:id', { schema: get }, async (request) => requireVideo(parts, request.params.id))
}
