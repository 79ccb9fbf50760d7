import { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { createVideo, type NewVideo } from '#flow/create-video.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import type { Parts } from '#flow/parts.ts'
import type { Principal } from '#people/principal.ts'
import { updateVideo } from '#videos/update.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems, Video } from '../schemas.ts'
import { readFile, readForm } from './read-form.ts'
import { requireFilename } from './require-filename.ts'
import { requireChangeableVideo, requireVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'
import { type UploadField, UploadFields } from './upload-fields.ts'

/** POST /upload: the file `videoFile`, streamed into the storage as it arrives (U8). */
export const uploadRoute: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  app.post(
    '/upload',
    {
      schema: {
        tags: ['videos'],
        summary: 'Upload a video',
        description:
          'multipart/form-data with the file `videoFile` and the optional text fields `name`, `profile`, `baseName`, `visibility`, `webhookUrl`, `externalId`, `metadata` (a JSON object) and `videoId` (a new version of that video). `profile`, `baseName` and `videoId` must come before the file.',
        consumes: ['multipart/form-data'],
        response: { 201: Video, ...problems },
      },
      bodyLimit: Number.MAX_SAFE_INTEGER,
    },
    async (request, reply) => {
      const principal = await principalOf(access, request)
      const id = await takeIn(parts, request, principal)
      reply.code(201).header('location', `/api/v1/videos/${id}`)
      return requireVideo(parts, principal, id)
    },
  )
}

async function takeIn(
  parts: Parts,
  request: FastifyRequest,
  principal: Principal,
): Promise<string> {
  const ownerId = principal.userId
  const fields = new UploadFields()
  let videoId: string | null = null
  let id: string | null = null
  const limits = {
    fileSize: parts.config.sourceMaxBytes,
    files: 1,
    fields: 10,
    fieldSize: 256 * 1024,
  }
  try {
    for await (const part of readForm(request, limits)) {
      if (part.type === 'file') {
        id = await createFrom(parts, { ...fields.take(), ownerId, videoId }, part)
      } else if (part.fieldname === 'videoId' && id === null) {
        videoId = await requireChangeableVideo(parts, principal, String(part.value))
      } else {
        fields.add(part.fieldname, part.value)
      }
    }
    if (id === null) throw new ReelmillError('invalid_request', 'There is no file videoFile.')
    await applyLate(parts, id, fields.take())
    return id
  } catch (error) {
    // The form went wrong after its file: a video that nobody was told of is not kept. One that had a
    // version before is, with both.
    if (id !== null && videoId === null) await deleteVideo(parts, id)
    throw error
  }
}

async function createFrom(
  parts: Parts,
  about: UploadField & Pick<NewVideo, 'ownerId' | 'videoId'>,
  file: MultipartFile,
): Promise<string> {
  if (file.fieldname !== 'videoFile') {
    throw new ReelmillError('invalid_request', 'The file must be in the field videoFile.')
  }
  const source = {
    kind: 'stream',
    stream: Readable.from(readFile(file.file)),
    filename: requireFilename(unescapeName(file.filename ?? '') || 'video'),
  } as const
  return createVideo(parts, { ...about, source })
}

/** Browsers write a quotation mark and a line's end so in the names of files (RFC 7578, 2). */
function unescapeName(name: string): string {
  return name.replaceAll(/%0[AD]/gi, '').replaceAll('%22', '"')
}

/** Fields after the file: a name can still be given, but the work has begun with a profile. */
async function applyLate(parts: Parts, id: string, late: UploadField): Promise<void> {
  if (late.profile !== undefined || late.baseName !== undefined) {
    throw new ReelmillError(
      'invalid_request',
      'The fields profile and baseName must come before the file.',
    )
  }
  if (late.webhookUrl !== undefined) parts.web.read(late.webhookUrl)
  if (Object.keys(late).length > 0) await updateVideo(parts.database, id, late)
}
