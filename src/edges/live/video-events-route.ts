import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { problems, VideoParams } from '../http/schemas.ts'
import { requireVideo } from '../http/videos/require-video.ts'
import { watchVideo } from './watch-video.ts'

/** GET /:id/events (U93). */
export const videoEventsRoute: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (
  app,
  { parts },
) => {
  const schema = {
    tags: ['videos'],
    summary: 'What happens to a video, as server-sent events',
    description:
      '`change` for every event of its journey, with an id to resume from (`Last-Event-ID`); `video`, the video, whenever something of it has changed, at most twice a second; `deleted` at its end.',
    params: VideoParams,
    produces: ['text/event-stream'],
    response: { 200: Type.String(), ...problems },
  }
  app.get('/:id/events', { schema }, async (request, reply) => {
    const { id } = await requireVideo(parts, request.params.id)
    watchVideo(parts, request, reply, { videoId: id, show: (video) => video, history: true })
    return reply
  })
}
