import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import type { Access } from '../access/access.ts'
import { findViewer } from '../access/principal-of.ts'
import { problems, VideoParams } from '../schemas.ts'
import { requireVideo } from '../videos/require-video.ts'

interface Options {
  readonly parts: Parts
  readonly access: Access
}

const nullableText = Type.Union([Type.String(), Type.Null()])

const ProcessedVideo = Type.Object({
  title: Type.String(),
  uploaded_at: Type.String({ format: 'date-time' }),
  transcoded: nullableText,
  thumbnail: nullableText,
  user: nullableText,
  state: Type.String(),
  error: nullableText,
})

/** GET /:id: a video in the words of a page that asks again and again until it is there (C-22). */
export const processedVideoRoute: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { parts, access },
) => {
  app.get(
    '/:id',
    {
      schema: {
        tags: ['notifications'],
        summary: 'A video as simple sites know it',
        params: VideoParams,
        response: { 200: ProcessedVideo, ...problems },
      },
    },
    async (request, reply) => {
      const viewer = await findViewer(access, request)
      const video = await requireVideo(parts, viewer, request.params.id)
      reply.header('cache-control', 'no-store')
      const { hls, mp4, thumbnail } = video.urls
      return {
        title: video.name,
        uploaded_at: video.createdAt,
        transcoded: mp4['transcoded'] ?? hls ?? Object.values(mp4)[0] ?? null,
        thumbnail,
        user: video.ownerId,
        state: video.state,
        error: video.error?.message ?? null,
      }
    },
  )
}
