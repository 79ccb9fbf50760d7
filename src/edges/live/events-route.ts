import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import type { Access } from '../http/access/access.ts'
import { guardReaders, type IsOpen, readerOf } from '../http/access/guard-readers.ts'
import { limitStream } from '../http/access/limit-calls.ts'
import { asNew } from '../http/access/principal-of.ts'
import { problems, VideoState } from '../http/schemas.ts'
import { isListOpen } from '../http/videos/list-route.ts'
import { openEventStream } from './event-stream.ts'
import { followFeed, tellVideos } from './follow-feed.ts'
import { followOperations } from './follow-operations.ts'
import { keepAdmitted } from './keep-admitted.ts'

const uuid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'

const Query = Type.Object(
  {
    video: Type.Optional(
      Type.String({
        pattern: `^${uuid}(,${uuid}){0,99}$`,
        description: 'Only these videos: ids, separated by commas. What they are is told at once.',
      }),
    ),
    state: Type.Optional(VideoState),
  },
  { additionalProperties: false },
)

/** GET /api/v1/events (U93, M-37). */
export const eventsRoute: FastifyPluginAsyncTypebox<{
  readonly parts: Parts
  readonly access: Access
}> = async (app, { parts, access }) => {
  // Whoever has the address of a public video may watch it; what else there is only the list tells.
  const isOpen: IsOpen = ({ query }) =>
    isListOpen(parts.config) || (query as { readonly video?: unknown }).video !== undefined
  guardReaders(app, access, isOpen)
  const schema = {
    tags: ['videos'],
    summary: 'What happens to all videos, as server-sent events',
    description:
      '`change` for every event, with an id to resume from (`Last-Event-ID`); `video`, a video, whenever something of it has changed, at most twice a second (with `state`, only those in it); `deleted` when one is gone. Only of videos that the caller may see: for strangers, public ones that `video` names, or all of these where SITE is `public`.',
    querystring: Query,
    produces: ['text/event-stream'],
    response: { 200: Type.String(), ...problems },
  }
  app.get('', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const principal = await readerOf(access, request, isOpen(request))
    const { video, state = null } = request.query
    const ids = video?.toLowerCase().split(',') ?? null
    const afterId = readLastEventId(request.headers['last-event-id'])
    const stream = openEventStream(reply, limitStream(access.limits, reply, principal))
    const isGone = () => stream.closed.aborted
    const following = { principal, state, afterId, videoIds: ids && new Set(ids), isGone }
    const stopLooking = keepAdmitted(
      async () => {
        following.principal = await readerOf(access, asNew(request), isOpen(request))
      },
      () => stream.end(),
    )
    stream.closed.addEventListener('abort', stopLooking)
    if (ids === null) followOperations(parts, following, stream)
    try {
      const stop = await followFeed(parts, following, (message) =>
        stream.send({ ...message, event: message.kind }),
      )
      if (stream.closed.aborted) stop()
      else stream.closed.addEventListener('abort', stop)
      stream.welcome()
      if (ids && afterId === null) {
        await tellVideos(parts, following, ids, ({ kind, data }) =>
          stream.send({ event: kind, data }),
        )
      }
    } catch (error) {
      // The client connects again by itself and goes on where it was.
      request.log.warn({ err: error }, 'live events broke off')
      stream.end()
    }
    return reply
  })
}

function readLastEventId(header: string | readonly string[] | undefined): number | null {
  const id = Number(header)
  return header !== undefined && Number.isSafeInteger(id) && id >= 0 ? id : null
}
