import type { FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Checksum } from '#flow/uploads/write-body.ts'

/** Of all headers the library gets those that it is there for. */
const told = /^(tus-|upload-|content-type$|content-length$|origin$)/

/** What a POST may stand for. */
const overriding = new Set(['PATCH', 'DELETE', 'HEAD'])

/** Names of the protocol for what `node:crypto` has under the same names. */
export const checksumAlgorithms = ['sha1', 'sha256', 'sha512', 'md5'] as const

/**
 * A request without its body, as `@tus/server` reads it. A client that can send no PATCH or DELETE
 * says in `X-HTTP-Method-Override` what it means.
 *
 * @throws ReelmillError `tus_version_unsupported`.
 */
export function toTusRequest({ headers, method, url }: FastifyRequest): Request {
  if (method !== 'OPTIONS' && headers['tus-resumable'] !== '1.0.0') {
    throw new ReelmillError('tus_version_unsupported')
  }
  const list = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    told.test(name) && typeof value === 'string' ? [[name, value]] : [],
  )
  const meant = String(headers['x-http-method-override']).toUpperCase()
  return new Request(`http://tus${url}`, {
    method: method === 'POST' && overriding.has(meant) ? meant : method,
    headers: list,
  })
}

/**
 * What `Upload-Checksum` says of the body: an algorithm and the digest in Base64.
 * https://tus.io/protocols/resumable-upload#upload-checksum
 *
 * @throws ReelmillError `invalid_request`.
 */
export function readChecksum({ headers }: FastifyRequest): Checksum | null {
  const header = headers['upload-checksum']
  if (header === undefined) return null
  const [name, digest, ...rest] = String(header).split(' ')
  const algorithm = checksumAlgorithms.find((each) => each === name)
  if (!algorithm || !digest || rest.length > 0) {
    const known = checksumAlgorithms.join(', ')
    throw new ReelmillError(
      'invalid_request',
      `Upload-Checksum must be one of ${known}, then Base64.`,
    )
  }
  return { algorithm, digest: Buffer.from(digest, 'base64') }
}
