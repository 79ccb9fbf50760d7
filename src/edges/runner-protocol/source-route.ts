import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { sendObject } from '#edges/http/media/send-object.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { findHeldSourceKey } from '#jobs/source-key.ts'
import { HolderHeaders, JobParams } from './schemas.ts'

/** Where the protocol lives; runners register with the bare origin (runner protocol section 4). */
export const protocolPrefix = '/api/v1/runners'

/** The path of a job's source on this server. No query: runners of other makes drop it (1.6). */
export function sourcePath(jobUuid: string): string {
  return `${protocolPrefix}/jobs/${jobUuid}/source`
}

/**
 * The source of a held job, whole or by one range of bytes, so that a runner seeks to its chunk
 * instead of copying the file. Only the holder of the job gets it (WD14).
 */
export function sourceRoute(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/jobs/:jobUuid/source',
      { schema: { params: JobParams, headers: HolderHeaders } },
      async (request, reply) => {
        const key = await findHeldSourceKey(parts.database, {
          uuid: request.params.jobUuid,
          runnerToken: request.headers['x-runner-token'],
          jobToken: request.headers['x-job-token'],
        })
        const info = await parts.storage.head(key)
        if (!info) throw new ReelmillError('source_not_found')
        const { storage } = parts
        return sendObject(request, reply, { storage, info, type: 'application/octet-stream' })
      },
    )
  }
}
