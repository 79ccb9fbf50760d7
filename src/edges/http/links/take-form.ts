import { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Grant } from '#flow/links/grant.ts'
import { whileAwaited } from '#flow/links/require-awaited.ts'
import type { Parts } from '#flow/parts.ts'
import { readFile, readForm } from '../videos/read-form.ts'
import { limitBytes } from './limit-bytes.ts'

type PostGrant = Extract<Grant, { allows: 'post' }>

/**
 * A browser's form: the fields of the policy, then the file as `file`, as for S3's POST Object. What
 * the policy says is held against what comes; other fields are let pass (M-23, M-24, WD23).
 *
 * @throws ReelmillError `link_invalid` for another key, `media_type_refused`, `payload_too_large`,
 * `invalid_request` for a form without a file or one that was not sent to its end.
 */
export async function takeForm(
  parts: Parts,
  request: FastifyRequest,
  grant: PostGrant,
): Promise<void> {
  const fields = new Map<string, string>()
  const limits = { fileSize: grant.maxBytes, files: 1, fields: 30, fieldSize: 64 * 1024 }
  let isTaken = false
  for await (const part of readForm(request, limits)) {
    if (part.type === 'field') fields.set(part.fieldname.toLowerCase(), String(part.value))
    else {
      await takeFile(parts, part, { grant, fields })
      isTaken = true
    }
  }
  if (!isTaken) throw new ReelmillError('invalid_request', 'There is no file in the field file.')
}

async function takeFile(
  { storage, database }: Parts,
  part: MultipartFile,
  { grant, fields }: { readonly grant: PostGrant; readonly fields: ReadonlyMap<string, string> },
): Promise<void> {
  const { key, maxBytes, contentTypePrefix } = grant
  if (part.fieldname !== 'file') {
    throw new ReelmillError('invalid_request', 'The file must be in the field file.')
  }
  if (fields.get('key') !== key) {
    throw new ReelmillError('link_invalid', 'The field key must be that of the policy.')
  }
  if (!(fields.get('content-type') ?? part.mimetype).startsWith(contentTypePrefix)) {
    const sentence = `The type of the file must begin with ${contentTypePrefix}.`
    throw new ReelmillError('media_type_refused', sentence)
  }
  const bytes = limitBytes(readFile(part.file), { maxBytes })
  await storage.put(key, Readable.from(whileAwaited(database, key, bytes)))
}
