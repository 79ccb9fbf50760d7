import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { sendObject } from '#edges/http/media/send-object.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type InputName, locateInput } from '#flow/job-inputs.ts'
import type { Parts } from '#flow/parts.ts'
import { findHeldJob } from '#jobs/find.ts'
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
    const open = async (
      params: Static<typeof InputParams>,
      body: Static<typeof HolderBody>,
      input: InputName,
    ) => {
      const job = await findHeldJob(parts.database, { uuid: params.jobUuid, ...body })
      if (job.state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
      await requireOwnVideo(parts, job.version_id, params.videoId)
      const info = await parts.storage.head(await locateInput(parts, job, input))
      if (!info) throw new ReelmillError('source_not_found')
      return { storage: parts.storage, info, type: 'application/octet-stream' }
    }

    for (const place of places) {
      for (const [path, input] of Object.entries(inputs)) {
        app.post(
          `${place}/${path}`,
          { schema: { params: InputParams, body: HolderBody } },
          async (request, reply) =>
            sendObject(request, reply, await open(request.params, request.body, input)),
        )
      }
      app.post(
        `${place}/studio/task-files/:filename`,
        { schema: { params: TaskFileParams, body: HolderBody } },
        async (request, reply) => {
          const input = { kind: 'task-file', filename: request.params.filename } as const
          return sendObject(request, reply, await open(request.params, request.body, input))
        },
      )
    }
  }
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
