import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { findPrincipal } from '../access/principal-of.ts'
import { isUnchanged } from '../media/validators.ts'
import { problems, Video, VideoParams } from '../schemas.ts'
import { etagOf, sendVideo } from './etag.ts'
import { listRoute } from './list-route.ts'
import { requireVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'

/** GET / and GET /:id: of public videos for strangers too, the list as SITE says. */
export const readRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  await app.register(listRoute, { parts, access })

  const get = {
    tags: ['videos'],
    summary: 'A video',
    params: VideoParams,
    response: { 200: Video, ...problems },
  }
  app.get('/:id', { schema: get }, async (request, reply) => {
    const video = await requireVideo(parts, await findPrincipal(access, request), request.params.id)
    if (isUnchanged(request, etagOf(video)))
      return reply.code(304).header('etag', etagOf(video)).send()
    return sendVideo(reply, video)
  })
}
