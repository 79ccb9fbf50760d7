import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { RequestKey } from '#flow/create-once.ts'
import type { Principal } from '#people/principal.ts'

/** The header of requests that may be sent again. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'A text of your choice. The same request with it makes one video, for a day; another one with it is refused',
    }),
  ),
})

/**
 * The key of a request that may be sent again (draft-ietf-httpapi-idempotency-key-header); null where
 * there is none. It is the caller's own: nobody meets another's.
 *
 * @throws ReelmillError `invalid_request`.
 */
export function readRequestKey(request: FastifyRequest, { label }: Principal): RequestKey | null {
  const key = readIdempotencyKey(request)
  if (key === null) return null
  return {
    keyHash: hash([label, key]),
    requestHash: hash([request.method, request.url, request.body]),
  }
}

/**
 * The key as the caller chose it; null where there is none.
 *
 * @throws ReelmillError `invalid_request`.
 */
export function readIdempotencyKey({ headers }: FastifyRequest): string | null {
  const header = headers['idempotency-key']
  if (header === undefined) return null
  const key = /^"?([\x20-\x7E]{1,255}?)"?$/.exec(String(header).trim())?.[1]
  if (key !== undefined) return key
  throw new ReelmillError('invalid_request', 'An Idempotency-Key has 1 to 255 visible letters.')
}

function hash(value: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(value)))
    .digest()
}

/** The same members in another order are the same request. */
function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sortKeys)
  const members = Object.entries(value).map(([name, member]) => [name, sortKeys(member)] as const)
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
