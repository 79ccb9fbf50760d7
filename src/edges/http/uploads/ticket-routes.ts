import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { sealTicket } from '#flow/uploads/ticket.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems } from '../schemas.ts'
import { requireChangeableVideo } from '../videos/require-video.ts'
import { uploadFieldSchemas } from '../videos/upload-fields.ts'

const Body = Type.Object(
  {
    ...Type.Partial(Type.Object(uploadFieldSchemas)).properties,
    videoId: Type.Optional(
      Type.String({ format: 'uuid', description: 'The upload is a new version of this video' }),
    ),
    maxBytes: Type.Optional(Type.Integer({ minimum: 1, description: 'Largest file' })),
    expiresSeconds: Type.Integer({
      minimum: 1,
      maximum: 7 * 24 * 3600,
      default: 3600,
      description: 'How long an upload can be begun with it',
    }),
  },
  { additionalProperties: false },
)

const Ticket = Type.Object({
  ticket: Type.String({ description: 'For `Upload-Metadata`, as `ticket`' }),
  expiresAt: Type.String({ format: 'date-time' }),
})

/**
 * POST /tickets: what an application gives to the pages of its users, so that they upload here without
 * a key (C-36, U1, U114).
 */
export const ticketRoutes: FastifyPluginAsyncTypebox<{
  readonly parts: Parts
  readonly access: Access
}> = async (app, { parts, access }) => {
  const needs = { role: 'uploader', scope: 'videos:write' } as const
  guardCalls(app, access, { read: needs, write: needs })
  app.post(
    '/tickets',
    {
      schema: {
        tags: ['videos'],
        summary: 'Let somebody without a key upload one kind of video for a while',
        description:
          'The ticket pins what is said here; whoever uploads with it (tus, metadata `ticket`) tells only the file’s name, its type and a title.',
        body: Body,
        response: { 201: Ticket, ...problems },
      },
    },
    async (request, reply) => {
      const { videoId = null, maxBytes, expiresSeconds, ...fields } = request.body
      const principal = await principalOf(access, request)
      if (videoId !== null) await requireChangeableVideo(parts, principal, videoId)
      const limit = parts.config.sourceMaxBytes
      const expiresAtMs = Date.now() + expiresSeconds * 1000
      const ticket = await sealTicket(parts, {
        details: { ...fields, ownerId: principal.userId },
        videoId,
        maxBytes: Math.min(maxBytes ?? limit, limit),
        expiresAtMs,
      })
      reply.code(201)
      return { ticket, expiresAt: new Date(expiresAtMs).toISOString() }
    },
  )
}
