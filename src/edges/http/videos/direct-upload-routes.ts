import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { confirmUpload } from '#flow/confirm-upload.ts'
import { initiateUpload } from '#flow/initiate-upload.ts'
import { largestUploadBytes } from '#flow/largest-upload.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems, Video, VideoParams } from '../schemas.ts'
import { InitiateBody, readInitiation, readTypePrefix } from './initiation.ts'
import { refuseField } from './refuse-field.ts'
import { requireChangeableVideo, requireVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'
import { promiseUpload, UploadPolicy } from './upload-policy.ts'

const EndedBody = Type.Object({ file_key: Type.Optional(Type.Unknown()) })

/** What was begun before the promise ended may arrive a little after it, and then be told of. */
const graceMs = 3_600_000

/** POST /:id/initiate-upload and /:id/upload-ended: the bytes go where the storage is (M-20 to M-29). */
export const directUploadRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  const about = (summary: string) => ({ tags: ['videos'], summary, params: VideoParams })

  app.post(
    '/:id/initiate-upload',
    {
      schema: {
        ...about('Get an address to upload a video to, past this server'),
        body: InitiateBody,
        response: { 200: UploadPolicy, ...problems },
      },
    },
    async (request) => {
      const { params, body } = request
      const maxBytes = largestUploadBytes(parts.config)
      const asked = readInitiation(body, maxBytes)
      const nowMs = Date.now()
      const expiresSeconds = parts.config.uploadPolicySeconds
      const principal = await principalOf(access, request)
      const videoId = await requireChangeableVideo(parts, principal, params.id)
      const { sourceKey } = await initiateUpload(parts, videoId, {
        filename: asked.filename,
        stamp: Math.floor(nowMs / 1000),
        expiresAt: new Date(nowMs + expiresSeconds * 1000 + graceMs),
      })
      const limits = { maxBytes, expiresSeconds, contentTypePrefix: readTypePrefix(asked.mimetype) }
      return promiseUpload(parts, request, { key: sourceKey, asked, limits })
    },
  )

  app.post(
    '/:id/upload-ended',
    {
      schema: {
        ...about('Say that a presigned upload has ended; its journey begins'),
        body: EndedBody,
        response: { 200: Video, ...problems },
      },
    },
    async (request) => {
      const { file_key: fileKey } = request.body
      const principal = await principalOf(access, request)
      const videoId = await requireChangeableVideo(parts, principal, request.params.id)
      await readFileKey(fileKey, (key) => confirmUpload(parts, videoId, key))
      return requireVideo(parts, principal, videoId)
    },
  )
}

/**
 * Ends the upload that a caller names by its key. Fails with `file_key_invalid` and a member named for
 * the field (M-27), also where there is none.
 */
export async function readFileKey(
  fileKey: unknown,
  end: (fileKey: string) => Promise<void>,
): Promise<void> {
  if (typeof fileKey !== 'string') {
    throw refuseField('file_key', 'file_key is not valid', 'file_key_invalid')
  }
  try {
    await end(fileKey)
  } catch (error) {
    if (!(error instanceof ReelmillError) || error.code !== 'file_key_invalid') throw error
    throw refuseField('file_key', error.message, error.code)
  }
}
