import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { isVisible } from '#people/rights.ts'
import type { VideoEvent } from '#videos/events.ts'
import type { VideoView } from '#videos/video-view.ts'
import type { Access } from '../http/access/access.ts'
import { limitStream } from '../http/access/limit-calls.ts'
import { asNew, findPrincipal } from '../http/access/principal-of.ts'
import { problems, VideoParams } from '../http/schemas.ts'
import { presentVideo } from '../http/videos/present-video.ts'
import { requireVisibleVideo } from '../http/videos/require-video.ts'
import { openEventStream } from './event-stream.ts'
import { presentEvent } from './present-event.ts'
import { watchVideo } from './watch-video.ts'

/** GET /:id/events (U93). */
export const videoEventsRoute: FastifyPluginAsyncTypebox<{
  parts: Parts
  access: Access
}> = async (app, { parts, access }) => {
  const schema = {
    tags: ['videos'],
    summary: 'What happens to a video, as server-sent events',
    description:
      '`change` for every event of its journey, with an id to resume from (`Last-Event-ID`); `video`, the video, whenever something of it has changed, at most twice a second; `deleted` at its end.',
    params: VideoParams,
    produces: ['text/event-stream'],
    response: { 200: Type.String(), ...problems },
  }
  app.get('/:id/events', { schema, exposeHeadRoute: false }, async (request, reply) => {
    let principal = await findPrincipal(access, request)
    const videoId = await requireVisibleVideo(parts, principal, request.params.id)
    const admit = async () => {
      principal = await findPrincipal(access, asNew(request))
    }
    const show = (video: VideoView) =>
      isVisible(principal, video) ? presentVideo(principal, video, parts.config) : null
    const tell = (event: VideoEvent, video: VideoView) => presentEvent(principal, event, video)
    const leave = limitStream(access.limits, reply, principal)
    watchVideo(parts, request, openEventStream(reply, leave), { videoId, show, admit, tell })
    return reply
  })
}
