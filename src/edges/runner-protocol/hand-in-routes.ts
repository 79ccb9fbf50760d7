import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { signSegmentUploads } from '#flow/direct-segments.ts'
import { handInInit, handInSegment, maxSegmentBytes } from '#flow/hand-in.ts'
import type { Parts } from '#flow/parts.ts'
import { updateJob } from '#flow/settle.ts'
import { findHeldJob } from '#jobs/find.ts'
import type { JobCredentials } from '#jobs/job.ts'
import { makeBodies } from './bodies.ts'
import { HolderHeaders, JobParams, SegmentParams, TrackParams } from './schemas.ts'

/** An init segment is some 800 bytes. */
const maxInitBytes = 1024 * 1024

/**
 * Reelmill's own calls: a runner hands its segments in as they are finished, each as the raw body
 * of a PUT. 204 once the bytes are checked and kept; the same segment twice is no error. Handing in
 * is a sign of life. Where the storage signs addresses, `uploads` gives some: the runner puts its
 * segments there and says so by the same PUT, `{"staged": true}` in place of the bytes.
 */
export function handInRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    const bodies = makeBodies()
    // They are read when there is room for them.
    app.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
      done(null, payload),
    )
    // Strangers are turned away before their bytes are taken in.
    app.addHook('preParsing', async (request) => {
      const { state } = await findHeldJob(parts.database, readCredentials(request))
      if (state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
    })

    app.put(
      '/jobs/:jobUuid/tracks/:track/init',
      { schema: { params: TrackParams, headers: HolderHeaders } },
      async (request, reply) => {
        const credentials = readCredentials(request)
        const { track } = request.params
        await bodies.lend(request, maxInitBytes, (bytes) =>
          handInInit(parts, credentials, track, bytes),
        )
        await updateJob(parts, credentials)
        return reply.status(204).send()
      },
    )

    app.put(
      '/jobs/:jobUuid/tracks/:track/segments/:number',
      { schema: { params: SegmentParams, headers: HolderHeaders } },
      async (request, reply) => {
        const credentials = readCredentials(request)
        const { track, number } = request.params
        const handIn = (content: Buffer | 'staged'): Promise<void> =>
          handInSegment(parts, { credentials, track, number, content })
        if (isStaged(request)) await handIn('staged')
        else await bodies.lend(request, maxSegmentBytes, handIn)
        await updateJob(parts, credentials)
        return reply.status(204).send()
      },
    )

    app.post(
      '/jobs/:jobUuid/tracks/:track/uploads',
      { schema: { params: TrackParams, headers: HolderHeaders, body: UploadsBody } },
      async (request) => {
        const { params, body } = request
        const credentials = readCredentials(request)
        return {
          uploads: await signSegmentUploads(parts, { credentials, track: params.track, ...body }),
        }
      },
    )
  }
}

/** Which segments a runner is about to put into the bucket. */
const UploadsBody = Type.Object({
  first: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
  count: Type.Integer({ minimum: 1, maximum: 100 }),
})

/** Instead of its bytes: the segment is where `uploads` said. */
const StagedBody = Type.Object({ staged: Type.Literal(true) })

function isStaged({ body }: FastifyRequest): boolean {
  return Value.Check(StagedBody, body)
}

/** Before the schemas have looked at anything, so that a stranger's body is never read. */
function readCredentials({ headers, params }: FastifyRequest): JobCredentials {
  if (!Value.Check(HolderHeaders, headers) || !Value.Check(JobParams, params)) {
    throw new ReelmillError(
      'invalid_request',
      "A job's uuid and the headers x-runner-token and x-job-token are needed.",
    )
  }
  const { 'x-runner-token': runnerToken, 'x-job-token': jobToken } = headers
  return { uuid: params.jobUuid, runnerToken, jobToken }
}
