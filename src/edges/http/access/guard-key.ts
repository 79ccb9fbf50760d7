import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Access } from './access.ts'

/**
 * Lets pass who holds the key, or anybody when the server is open to its machine. A request that
 * came through a proxy may be anybody's, whatever address it comes from, and needs a key.
 */
export function guardKey(access: Access, request: FastifyRequest): void {
  if (isOperator(access, request)) return
  if (access.kind === 'local') {
    throw new ReelmillError('unauthorized', 'Requests through a proxy need a key: set ADMIN_KEY.')
  }
  if (request.headers.authorization !== undefined) {
    throw new ReelmillError('unauthorized', 'This is not the key of the server.')
  }
  throw new ReelmillError('unauthorized', 'Send the key as "Authorization: Bearer KEY".')
}

/** Whether `guardKey` would let this request pass. */
export function isOperator(access: Access, request: FastifyRequest): boolean {
  if (access.kind === 'local') return !isForwarded(request)
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  return given !== undefined && isSame(given, access.key)
}

function isForwarded({ headers }: FastifyRequest): boolean {
  return headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined
}

/** Takes as long for a near miss as for a far one. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
