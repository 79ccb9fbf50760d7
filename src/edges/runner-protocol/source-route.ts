import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { sendObject } from '#edges/http/media/send-object.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { findTicketedSourceKey } from '#jobs/source.ts'
import { JobParams } from './schemas.ts'

/** Where the protocol lives; runners register with the bare origin (runner protocol section 4). */
export const protocolPrefix = '/api/v1/runners'

/** The path of a job's source on this server. No query: runners of other makes drop it (1.6). */
export function sourcePath(jobUuid: string): string {
  return `${protocolPrefix}/jobs/${jobUuid}/source`
}

const TicketParams = Type.Object({
  ...JobParams.properties,
  ticket: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
})

/**
 * The source of a held job, whole or by one range of bytes, so that a runner seeks to its chunk
 * instead of copying the file. Only who was given the job has the address (WD14).
 */
export function sourceRoute(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/jobs/:jobUuid/source/:ticket',
      { schema: { params: TicketParams } },
      async (request, reply) => {
        const { jobUuid: uuid, ticket } = request.params
        const key = await findTicketedSourceKey(parts.database, { uuid, ticket })
        const info = await parts.storage.head(key)
        if (!info) throw new ReelmillError('source_not_found')
        const { storage } = parts
        return sendObject(request, reply, { storage, info, type: 'application/octet-stream' })
      },
    )
  }
}
