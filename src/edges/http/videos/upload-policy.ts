import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { linksOf } from '#flow/links/links-of.ts'
import type { Parts } from '#flow/parts.ts'
import type { PostPolicy } from '#storage/contract.ts'
import { originOf } from '../../runner-protocol/origin.ts'
import type { Initiation } from './initiation.ts'

const texts = Type.Record(Type.String(), Type.String())

/** Where an upload goes, and what must be sent with it. */
export const UploadPolicy = Type.Union([
  Type.Object(
    { url: Type.String(), fields: texts },
    { description: 'A form: these fields and Content-Type, then the file as `file`' },
  ),
  Type.Object(
    {
      method: Type.Literal('PUT'),
      url: Type.String(),
      headers: texts,
      key: Type.String({ description: 'The `file_key` to end the upload with' }),
    },
    { description: 'One PUT of the whole file with these headers' },
  ),
])

interface Promised {
  readonly key: string
  readonly asked: Initiation
  readonly limits: PostPolicy
}

/**
 * The address for an upload, signed by the storage or by this server: it takes that one object, within
 * these limits, until it expires (M-22, M-23, M-24).
 */
export async function promiseUpload(
  parts: Parts,
  request: FastifyRequest,
  { key, asked, limits }: Promised,
) {
  const links = linksOf(parts, originOf(parts, request))
  if (asked.method === 'POST') return links.post(key, limits)
  const { sizeBytes, mimetype } = asked
  const contentType = mimetype.startsWith(limits.contentTypePrefix)
    ? mimetype
    : 'application/octet-stream'
  const { expiresSeconds } = limits
  const { url, headers } = await links.put(key, { expiresSeconds, contentType, sizeBytes })
  return { method: 'PUT' as const, url, headers, key }
}
