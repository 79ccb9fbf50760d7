import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { cancelVideo } from '#flow/cancel-video.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import { retryVideo } from '#flow/retry-video.ts'
import { checkVideoId } from '#videos/check-id.ts'
import { updateVideo } from '#videos/update.ts'
import { Metadata, problems, Video, VideoName, VideoParams } from '../schemas.ts'
import { requireVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'

const Changes = Type.Object(
  { name: Type.Optional(VideoName), metadata: Type.Optional(Metadata) },
  { additionalProperties: false },
)

/** PATCH and DELETE /:id, POST /:id/cancel and /:id/retry */
export const changeRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts },
) => {
  const about = (summary: string) => ({ tags: ['videos'], summary, params: VideoParams })
  const answer = { response: { 200: Video, ...problems } }

  app.patch(
    '/:id',
    { schema: { ...about('Change the name or the metadata'), body: Changes, ...answer } },
    async ({ params, body }) => {
      const found = await updateVideo(parts.database, checkVideoId(params.id), body)
      if (!found) throw new ReelmillError('video_not_found')
      return requireVideo(parts, params.id)
    },
  )

  app.delete(
    '/:id',
    {
      schema: {
        ...about('Delete a video with all its files'),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async ({ params }, reply) => {
      await deleteVideo(parts, checkVideoId(params.id))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/:id/cancel',
    { schema: { ...about('Stop the work on a video'), ...answer } },
    async ({ params }) => {
      await cancelVideo(parts, checkVideoId(params.id))
      return requireVideo(parts, params.id)
    },
  )

  app.post(
    '/:id/retry',
    { schema: { ...about('Take up a failed or cancelled video again'), ...answer } },
    async ({ params }) => {
      await retryVideo(parts, checkVideoId(params.id))
      return requireVideo(parts, params.id)
    },
  )
}
