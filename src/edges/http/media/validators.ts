import type { FastifyRequest } from 'fastify'

/** Whether the client has this very file already (RFC 9110, 13.1.2). */
export function isUnchanged(request: FastifyRequest, etag: string): boolean {
  const header = request.headers['if-none-match']
  if (header === undefined) return false
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(etag)
}

/** The `Range` header, unless `If-Range` says that it is about another file (RFC 9110, 13.1.5). */
export function rangeHeaderOf(request: FastifyRequest, etag: string): string | undefined {
  const condition = request.headers['if-range']
  return condition === undefined || condition === etag ? request.headers.range : undefined
}

/** Whether the client takes gzip; "gzip;q=0" does not. */
export function acceptsGzip(request: FastifyRequest): boolean {
  const codings = String(request.headers['accept-encoding'] ?? '').split(',')
  return codings.some((coding) =>
    /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/i.test(coding),
  )
}
