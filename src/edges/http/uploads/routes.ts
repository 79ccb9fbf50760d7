import { Server } from '@tus/server'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Parts } from '#flow/parts.ts'
import { IncomingBody } from '#flow/uploads/incoming-body.ts'
import type { Principal } from '#people/principal.ts'
import { requireRole, requireScope } from '#people/rights.ts'
import type { Access } from '../access/access.ts'
import { guardOrigin } from '../access/guard-origin.ts'
import { principalOf } from '../access/principal-of.ts'
import { discardRest } from '../discard-rest.ts'
import { readIdempotencyKey } from '../videos/request-key.ts'
import { orderUpload } from './order-upload.ts'
import { asRefusal, toRefusal } from './refusals.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { checksumAlgorithms, readChecksum, toTusRequest } from './tus-request.ts'
import { newUploadId, UploadStore } from './upload-store.ts'

interface Options {
  readonly parts: Parts
  readonly access: Access
}

/** Headers of ours that a page of another site may read, or send. */
const exposedHeaders = ['Upload-Expires', 'X-Reelmill-Video', 'X-Request-Id']
const allowedHeaders = ['Upload-Checksum', 'Idempotency-Key']

/**
 * /api/v1/uploads: resumable uploads, tus 1.0 (https://tus.io/protocols/resumable-upload). To begin
 * one takes somebody who may upload; whoever has its address may go on with it and take it back, as
 * the address is known to the uploader alone and an upload may outlast a session.
 */
export const uploadRoutes: FastifyPluginAsync<Options> = async (app, { parts, access }) => {
  await app.register(ticketRoutes, { parts, access })
  await app.register(tusRoutes, { parts, access })
}

const tusRoutes: FastifyPluginAsync<Options> = async (app, { parts, access }) => {
  app.removeAllContentTypeParsers()
  // Bodies are read by the store, and of nothing else than uploads.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  // For what is refused before the library says it.
  app.addHook('onRequest', async (_request, reply) => {
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', exposedHeaders.join(', '))
  })
  app.addHook('onError', discardRest)
  const handler = (request: FastifyRequest, reply: FastifyReply) =>
    answer({ parts, access }, request, reply)
  const bodyLimit = Number.MAX_SAFE_INTEGER
  const schema = { hide: true }
  app.route({ method: ['POST', 'OPTIONS'], url: '/', schema, bodyLimit, handler })
  const method = ['HEAD', 'PATCH', 'POST', 'DELETE', 'OPTIONS'] as const
  app.route({ method: [...method], url: '/:id', schema, bodyLimit, handler })
}

async function answer(
  { parts, access }: Options,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asker = {
    uploaderOf: () => uploaderOf(access, request),
    key: readIdempotencyKey(request),
  }
  const store = new UploadStore(parts, {
    body: new IncomingBody(request.raw),
    checksum: readChecksum(request),
    order: (upload) => orderUpload(parts, asker, upload),
  })
  const failures: unknown[] = []
  const tus = new Server({
    path: collectionOf(request),
    datastore: store,
    locker: store,
    maxSize: parts.config.sourceMaxBytes,
    namingFunction: () => newUploadId,
    relativeLocation: true,
    allowedHeaders,
    exposedHeaders,
    onResponseError: (_request, error) => {
      failures.push(error)
      return undefined
    },
  })
  const response = await tus.handleWeb(toTusRequest(request))
  for (const [name, value] of response.headers) reply.header(name, value)
  describe(reply, store, parts)
  if (failures.length > 0) throw asRefusal(failures[0])
  if (response.status >= 400) throw toRefusal(response.status, await response.text())
  return reply.code(response.status).send()
}

/** Who begins an upload. What is asked of later calls is only the address. */
async function uploaderOf(access: Access, request: FastifyRequest): Promise<Principal> {
  const principal = await principalOf(access, request)
  guardOrigin(access, request, principal)
  requireRole(principal, 'uploader')
  requireScope(principal, 'videos:write')
  return principal
}

/** The collection's own path: the part of the address before the upload's id. */
function collectionOf({ routeOptions }: FastifyRequest): string {
  return (routeOptions.url ?? '').replace(/\/(:id)?$/, '')
}

/** What tus leaves to extensions, and the video whose upload it is (C-06). */
function describe(reply: FastifyReply, { upload }: UploadStore, { config }: Parts): void {
  reply
    .header('tus-version', '1.0.0')
    .header('tus-checksum-algorithm', checksumAlgorithms.join(','))
  if (!upload) return
  reply.header('x-reelmill-video', upload.videoId)
  if (upload.finishedAt === null) {
    const expiresAt = new Date(Date.now() + config.uploadExpirationSeconds * 1000)
    reply.header('upload-expires', expiresAt.toUTCString())
  }
}
