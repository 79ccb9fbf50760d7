import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { hasRole } from '#people/principal.ts'
import { baseUrlOf } from '#videos/base-url.ts'
import { listVideos } from '#videos/list.ts'
import { principalOf } from '../access/principal-of.ts'
import { isUnchanged } from '../media/validators.ts'
import { problems, Video, VideoPage, VideoParams, VideoState } from '../schemas.ts'
import { etagOf, sendVideo } from './etag.ts'
import { presentVideo } from './present-video.ts'
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
export const readRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  const list = {
    tags: ['videos'],
    summary: 'Videos, from the newest to the oldest',
    querystring: Query,
    response: { 200: VideoPage, ...problems },
  }
  app.get('', { schema: list }, async (request) => {
    const { limit = 20, ...which } = request.query
    const principal = await principalOf(access, request)
    const baseUrl = baseUrlOf(parts.config)
    const viewer = hasRole(principal, 'operator') ? null : { userId: principal.userId }
    const { videos, next } = await listVideos(parts.database, { ...which, limit, baseUrl, viewer })
    return { videos: videos.map((video) => presentVideo(principal, video)), next }
  })

  const get = {
    tags: ['videos'],
    summary: 'A video',
    params: VideoParams,
    response: { 200: Video, ...problems },
  }
  app.get('/:id', { schema: get }, async (request, reply) => {
    const video = await requireVideo(parts, await principalOf(access, request), request.params.id)
    if (isUnchanged(request, etagOf(video)))
      return reply.code(304).header('etag', etagOf(video)).send()
    return sendVideo(reply, video)
  })
}
