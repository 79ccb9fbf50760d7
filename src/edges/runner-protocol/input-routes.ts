import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { sendObject } from '#edges/http/media/send-object.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { failUnreadable } from '#flow/fail-unreadable.ts'
import { type InputName, type LocatedInput, locateInput } from '#flow/job-inputs.ts'
import type { Parts } from '#flow/parts.ts'
import { findHeldJob } from '#jobs/find.ts'
import { findRunner } from '#runners/find.ts'
import { idleMs } from './idle.ts'
import { HolderBody, JobParams, uuid } from './schemas.ts'

const InputParams = Type.Object({ ...JobParams.properties, videoId: uuid })

const TaskFileParams = Type.Object({
  ...InputParams.properties,
  filename: Type.String({ pattern: '^[a-z0-9-]+\\.[a-z0-9]{1,8}$' }),
})

/** What each address gives, below a job's files (runner protocol 1.2, calls 17 to 20). */
const inputs: Readonly<Record<string, InputName>> = {
  'max-quality': { kind: 'video' },
  'max-quality/audio': { kind: 'audio' },
  'thumbnails/max-quality': { kind: 'thumbnail' },
  'previews/max-quality': { kind: 'thumbnail' },
}

/** Both orders of job and video: PeerTube's own, and that of the Django server (D-47, D-59). */
const places = [
  '/jobs/:jobUuid/files/videos/:videoId',
  '/jobs/files/videos/:videoId/:jobUuid',
] as const

/**
 * The inputs of a held job, as POST with the tokens in the body: addresses hold no secrets, and stock
 * runners drop a query (runner protocol 1.6). Only the job's runner gets them, only of the job's own
 * video, and ranges are answered (WD14, WD28).
 */
export function inputRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    const send = async (
      request: FastifyRequest<{
        Params: Static<typeof InputParams>
        Body: Static<typeof HolderBody>
      }>,
      reply: FastifyReply,
      input: InputName,
    ) => {
      const { params, body } = request
      const job = await findHeldJob(parts.database, { uuid: params.jobUuid, ...body })
      if (job.state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
      await requireOwnVideo(parts, job.version_id, params.videoId)
      // The sound of a long film is decoded before the first byte; ffmpeg has limits of its own.
      request.raw.setTimeout(0)
      const located = await locateInput(parts, job, input, gone(reply)).catch(
        async (error: unknown) => {
          const isMedia = error instanceof ReelmillError && error.blame === 'media'
          if (isMedia) await failUnreadable(parts, job, error)
          throw error
        },
      )
      request.raw.setTimeout(idleMs)
      if (located.kind === 'file') return sendTemporary(reply, located)
      const info = await parts.storage.head(located.key)
      if (!info) throw new ReelmillError('source_not_found')
      const elsewhere = await findElsewhere(parts, request, located.key)
      if (elsewhere !== null) return reply.redirect(elsewhere, 302)
      return sendObject(request, reply, { storage: parts.storage, info, type: bytesType })
    }

    for (const place of places) {
      for (const [path, input] of Object.entries(inputs)) {
        app.post(
          `${place}/${path}`,
          { schema: { params: InputParams, body: HolderBody } },
          async (request, reply) => send(request, reply, input),
        )
      }
      app.post(
        `${place}/studio/task-files/:filename`,
        { schema: { params: TaskFileParams, body: HolderBody } },
        async (request, reply) => {
          const input = { kind: 'task-file', filename: request.params.filename } as const
          return send(request, reply, input)
        },
      )
    }
  }
}

/** A download begins at once, and is not cut off when its address expires. */
const expiresSeconds = 3600

/**
 * Where the bucket itself serves an input, for a runner that goes there; null: the server sends it.
 * PeerTube's runners follow redirects from 6.1 on, those that tell a version (8.0) do surely: after
 * 302 they send a GET that shows nobody their tokens (runner protocol 5.7).
 */
async function findElsewhere(
  { config, database, storage: { signer } }: Parts,
  request: FastifyRequest<{ Body: Static<typeof HolderBody> }>,
  key: string,
): Promise<string | null> {
  // Ours ask for that when they did not get there.
  const mustSend = request.headers['x-through-server'] !== undefined
  if (!signer || mustSend || !config.runnerDirect) return null
  const { version } = await findRunner(database, request.body.runnerToken)
  return version === null ? null : signer.get(key, { expiresSeconds })
}

const bytesType = 'application/octet-stream'

/** Fires when the connection is closed: a runner that went away needs no input. */
function gone({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => controller.abort())
  return controller.signal
}

/** With its length, so that a runner can tell whether all has arrived (WD28). */
async function sendTemporary(
  reply: FastifyReply,
  { path, remove }: Extract<LocatedInput, { kind: 'file' }>,
): Promise<FastifyReply> {
  const { size } = await stat(path)
  const stream = createReadStream(path).once('close', () => void remove())
  return reply.type(bytesType).header('content-length', size).send(stream)
}

/** 404 for a video that is not there, 403 for one that is another's (runner protocol 1.6). */
async function requireOwnVideo(parts: Parts, versionId: string, videoId: string): Promise<void> {
  const video = await parts.database
    .selectFrom('videos')
    .leftJoin('versions', (join) =>
      join.onRef('versions.video_id', '=', 'videos.id').on('versions.id', '=', versionId),
    )
    .select('versions.id as own')
    .where('videos.id', '=', videoId)
    .executeTakeFirst()
  if (!video) throw new ReelmillError('video_not_found')
  if (video.own === null) throw new ReelmillError('forbidden', 'The job is about another video.')
}
