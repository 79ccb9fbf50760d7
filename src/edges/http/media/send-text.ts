import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsGzip, isUnchanged } from './validators.ts'

const compress = promisify(gzip)

/** Sends a playlist or manifest whole, gzipped to those who accept it, or 304. */
export async function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  text: { readonly type: string; readonly body: string },
): Promise<FastifyReply> {
  const zipped = acceptsGzip(request)
  const hash = createHash('sha256').update(text.body).digest('base64url').slice(0, 22)
  const etag = zipped ? `"${hash}-gzip"` : `"${hash}"`
  const varies = [reply.getHeader('vary') ?? [], 'accept-encoding'].flat().join(', ')
  reply.type(text.type).header('etag', etag).header('vary', varies)
  if (isUnchanged(request, etag)) return reply.code(304).send()
  if (!zipped) return reply.send(Buffer.from(text.body))
  return reply.header('content-encoding', 'gzip').send(await compress(text.body))
}
