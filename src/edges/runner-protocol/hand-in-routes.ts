import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { handInInit, handInSegment } from '#flow/hand-in.ts'
import type { Parts } from '#flow/parts.ts'
import { updateJob } from '#flow/settle.ts'
import { findHeldJob } from '#jobs/find.ts'
import type { JobCredentials } from '#jobs/job.ts'
import { HolderHeaders, JobParams, SegmentParams, TrackParams } from './schemas.ts'

/** Largest segment; 6 s of the richest rung are some 12 MB. */
const maxBytes = 256 * 1024 * 1024

/** An init segment is some 800 bytes. */
const maxInitBytes = 1024 * 1024

/**
 * Reelmill's own calls: a runner hands its segments in as they are finished, each as the raw body
 * of a PUT. 204 once the bytes are checked and kept; the same segment twice is no error. Handing in
 * is a sign of life.
 */
export function handInRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: maxBytes },
      (_request, body, done) => done(null, body),
    )
    // Strangers are turned away before their bytes are taken in.
    app.addHook('preParsing', async (request) => {
      const { state } = await findHeldJob(parts.database, readCredentials(request))
      if (state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
    })

    app.put(
      '/jobs/:jobUuid/tracks/:track/init',
      { schema: { params: TrackParams, headers: HolderHeaders }, bodyLimit: maxInitBytes },
      async (request, reply) => {
        const credentials = readCredentials(request)
        await handInInit(parts, credentials, request.params.track, readBytes(request))
        await updateJob(parts, credentials)
        return reply.status(204).send()
      },
    )

    app.put(
      '/jobs/:jobUuid/tracks/:track/segments/:number',
      { schema: { params: SegmentParams, headers: HolderHeaders }, bodyLimit: maxBytes },
      async (request, reply) => {
        const credentials = readCredentials(request)
        const { track, number } = request.params
        await handInSegment(parts, { credentials, track, number, bytes: readBytes(request) })
        await updateJob(parts, credentials)
        return reply.status(204).send()
      },
    )
  }
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

function readBytes({ body }: FastifyRequest): Buffer {
  if (Buffer.isBuffer(body)) return body
  throw new ReelmillError('invalid_request', 'The body must be application/octet-stream.')
}
