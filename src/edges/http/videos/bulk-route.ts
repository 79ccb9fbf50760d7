import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { cancelVideo } from '#flow/cancel-video.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import type { Parts } from '#flow/parts.ts'
import { retryVideo } from '#flow/retry-video.ts'
import { principalOf } from '../access/principal-of.ts'
import { BulkOutcomeSchema, doToEach } from '../bulk.ts'
import { problems } from '../schemas.ts'
import { requireChangeableVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'

const Body = Type.Object(
  {
    action: Type.Enum(['cancel', 'retry', 'delete']),
    ids: Type.Array(Type.String({ maxLength: 100, description: 'Id of a video' }), {
      minItems: 1,
      maxItems: 100,
    }),
  },
  { additionalProperties: false },
)

const actions: Readonly<Record<string, (parts: Parts, id: string) => Promise<void>>> = {
  cancel: cancelVideo,
  retry: retryVideo,
  delete: (parts, id) => deleteVideo(parts, id),
}

/** POST /bulk: the same done to many videos; rights are asked for each (P-73, P-76). */
export const bulkRoute: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  const schema = {
    tags: ['videos'],
    summary: 'Cancel, retry or delete many videos',
    description:
      'One after the other, each as if it were asked for alone: one that is refused keeps none of the others. `success` is 1 where all were done, 2 where some were, 0 where none.',
    body: Body,
    response: { 200: BulkOutcomeSchema, ...problems },
  }
  app.post('/bulk', { schema }, async (request) => {
    const principal = await principalOf(access, request)
    const act = actions[request.body.action]
    const actOn = async (id: string) => {
      await requireChangeableVideo(parts, principal, id)
      await act?.(parts, id)
    }
    return doToEach(request.body.ids, actOn, request.log)
  })
}
