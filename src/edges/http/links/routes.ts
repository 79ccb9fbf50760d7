import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type Grant, openGrant, type Use } from '#flow/links/grant.ts'
import { readLinkKey } from '#flow/links/link-key.ts'
import { requireAwaited, whileAwaited } from '#flow/links/require-awaited.ts'
import type { Parts } from '#flow/parts.ts'
import { attachmentNamed } from '#storage/attachment-named.ts'
import { mediaTypeOf } from '#storage/media-types.ts'
import { discardRest } from '../discard-rest.ts'
import { sendObject } from '../media/send-object.ts'
import { limitBytes, tooLarge } from './limit-bytes.ts'
import { takeForm } from './take-form.ts'

/** A sender that says nothing for so long is cut. */
const idleMs = 120_000

/**
 * /api/v1/links/…: objects of a storage that signs no addresses itself, for whoever holds a link to
 * one (flow/links). The address is the credential: no key is asked for, no cookie is read, and any
 * site may use it, as with an address that S3 signed.
 */
export const linkRoutes: FastifyPluginAsync<{ parts: Parts }> = async (app, { parts }) => {
  await app.register(multipart)
  // Any other body is left where it is, to be streamed into the storage as it comes.
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('*', (_request, _body, done) => done(null))
  app.addHook('onError', discardRest)
  app.addHook('onRequest', async (request, reply) => {
    request.raw.setTimeout(idleMs)
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', 'content-length, content-range, etag')
      .header('referrer-policy', 'no-referrer')
  })

  app.options('/*', async (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET, HEAD, PUT, POST')
      .header('access-control-allow-headers', 'content-type, range, if-none-match, if-range')
      .header('access-control-max-age', '86400')
      .send(),
  )

  app.get('/*', async (request, reply) => {
    const { key, filename } = await openLink(parts, request, 'get')
    const info = await parts.storage.head(key)
    if (!info) throw new ReelmillError('object_not_found')
    reply.header('cache-control', 'private, no-cache').header('vary', 'origin')
    if (filename !== undefined) reply.header('content-disposition', attachmentNamed(filename))
    const type = mediaTypeOf(key)?.type ?? 'application/octet-stream'
    return sendObject(request, reply, { storage: parts.storage, info, type })
  })

  app.put('/*', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const grant = await openLink(parts, request, 'put')
    const { key, maxBytes, sizeBytes, contentType } = grant
    await requireAwaited(parts.database, key)
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
    if (contentType !== undefined && request.headers['content-type'] !== contentType) {
      throw new ReelmillError('media_type_refused', `The link is for ${contentType}.`)
    }
    const bytes = limitBytes(request.raw, { maxBytes, sizeBytes })
    const body = Readable.from(whileAwaited(parts.database, key, bytes))
    const { etag } = await parts.storage.put(key, body)
    return reply.code(200).header('etag', `"${etag}"`).send()
  })

  app.post('/*', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const grant = await openLink(parts, request, 'post')
    await requireAwaited(parts.database, grant.key)
    await takeForm(parts, request, grant)
    return reply.code(204).send()
  })
}

async function openLink<U extends Use>(
  { database }: Parts,
  request: FastifyRequest,
  use: U,
): Promise<Extract<Grant, { allows: U }>> {
  const { '*': token = '' } = request.params as { readonly '*'?: string }
  return openGrant(await readLinkKey(database), { token, use, nowMs: Date.now() })
}
