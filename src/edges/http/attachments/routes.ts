import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { AttachmentKind } from '#database/tables.ts'
import { findAttachment, largestAttachmentBytes } from '#flow/attachments/attachment.ts'
import {
  createAttachment,
  deleteAttachment,
  promiseAttachment,
} from '#flow/attachments/change-attachments.ts'
import { confirmAttachment } from '#flow/attachments/confirm-attachment.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems, Video } from '../schemas.ts'
import { readFileKey } from '../videos/direct-upload-routes.ts'
import { InitiateBody, readInitiation } from '../videos/initiation.ts'
import { requireChangeableVideo, requireVideo } from '../videos/require-video.ts'
import type { VideoRouteOptions } from '../videos/routes.ts'
import { promiseUpload, UploadPolicy } from '../videos/upload-policy.ts'

interface Options extends VideoRouteOptions {
  readonly kind: AttachmentKind
}

const Params = Type.Object({ id: Type.String(), attachmentId: Type.String() })
const Created = Type.Object({ id: Type.String({ format: 'uuid' }) })
const EndedBody = Type.Object({ file_key: Type.Optional(Type.Unknown()) })
const Language = Type.String({
  pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$',
  description: 'BCP 47; of subtitles',
})

/** What the content type of an upload must begin with; files of subtitles often have none. */
const typePrefixes = { thumbnail: 'image/', subtitles: '' } as const
const names = { thumbnail: 'a thumbnail', subtitles: 'subtitles' } as const

/** /:id/thumbnails and /:id/timedtexttracks: uploads as those of videos (M-53). */
export const attachmentRoutes: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { parts, access, kind },
) => {
  await app.register(uploadPair, { parts, access, kind })

  app.post(
    '',
    {
      schema: {
        tags: ['videos'],
        summary: `Make room for ${names[kind]} of a video`,
        params: Type.Object({ id: Type.String() }),
        body: Type.Object({ language: Type.Optional(Language) }, { additionalProperties: false }),
        response: { 201: Created, ...problems },
      },
    },
    async (request, reply) => {
      const principal = await principalOf(access, request)
      const videoId = await requireChangeableVideo(parts, principal, request.params.id)
      const language = kind === 'subtitles' ? (request.body.language ?? 'und') : null
      const id = await createAttachment(parts.database, { videoId, kind, language })
      return reply.code(201).send({ id })
    },
  )

  app.delete(
    '/:attachmentId',
    {
      schema: {
        ...about(`Take ${names[kind]} away from a video`),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { found } = await requireOwn({ parts, access, kind }, request)
      await deleteAttachment(parts, found)
      return reply.code(204).send(null)
    },
  )
}

/** /initiate-upload and /upload-ended of one of them. */
const uploadPair: FastifyPluginAsyncTypebox<Options> = async (app, { parts, access, kind }) => {
  app.post(
    '/:attachmentId/initiate-upload',
    {
      schema: {
        ...about(`Get an address to upload ${names[kind]} to`),
        body: InitiateBody,
        response: { 200: UploadPolicy, ...problems },
      },
    },
    async (request) => {
      const { found } = await requireOwn({ parts, access, kind }, request)
      const maxBytes = largestAttachmentBytes(parts, kind)
      const asked = readInitiation(request.body, maxBytes)
      const key = await promiseAttachment(parts, found, Math.floor(Date.now() / 1000))
      const expiresSeconds = parts.config.uploadPolicySeconds
      const limits = { maxBytes, expiresSeconds, contentTypePrefix: typePrefixes[kind] }
      return promiseUpload(parts, request, { key, asked, limits })
    },
  )

  app.post(
    '/:attachmentId/upload-ended',
    {
      schema: {
        ...about(`Say that an upload of ${names[kind]} has ended`),
        body: EndedBody,
        response: { 200: Video, ...problems },
      },
    },
    async (request) => {
      const { principal, found } = await requireOwn({ parts, access, kind }, request)
      await readFileKey(request.body.file_key, (key) => confirmAttachment(parts, found, key))
      return requireVideo(parts, principal, found.videoId)
    },
  )
}

function about(summary: string) {
  return { tags: ['videos'], summary, params: Params }
}

/** The attachment of a request, once it is known that its caller may change the video. */
async function requireOwn({ parts, access, kind }: Options, request: FastifyRequest) {
  const { id, attachmentId } = request.params as Static<typeof Params>
  const principal = await principalOf(access, request)
  const videoId = await requireChangeableVideo(parts, principal, id)
  const found = await findAttachment(parts, { id: attachmentId, videoId, kind })
  return { principal, found }
}
