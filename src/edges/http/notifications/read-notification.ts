import type { FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { addressOfProcessed } from '#flow/notifications/address-of.ts'
import type { Notification } from '#flow/notifications/notification.ts'
import { readAncestor } from '#flow/notifications/read-ancestor.ts'
import { readAssembly } from '#flow/notifications/read-assembly.ts'
import { isSigned } from '#flow/notifications/verify-signature.ts'
import type { Parts } from '#flow/parts.ts'
import { requireRole, requireScope } from '#people/rights.ts'
import type { Access } from '../access/access.ts'
import { guardOrigin } from '../access/guard-origin.ts'
import { principalOf } from '../access/principal-of.ts'
import { requireStorable } from '../require-storable.ts'
import { readForm } from '../videos/read-form.ts'

/** Bytes of a notification; reports of long assemblies are some hundred thousand. */
export const notificationBytes = 8 * 1024 ** 2

/**
 * The notification in a request, once it is known who sent it: a form with `transloadit` and its
 * `signature` (C-23), or JSON (C-24) that is signed in `X-Signature` or comes from an operator's key.
 *
 * @throws ReelmillError `unauthorized`, `signature_invalid`, `invalid_request`.
 */
export async function readNotification(
  parts: Parts,
  access: Access,
  request: FastifyRequest,
): Promise<Notification> {
  if (typeof request.body === 'string') return readJson(parts, access, request, request.body)
  const fields = request.isMultipart() ? await readFields(request) : readTexts(request.body)
  const { transloadit, signature } = fields
  if (transloadit === undefined) {
    throw new ReelmillError('invalid_request', 'The field transloadit is missing.')
  }
  requireSignature(parts, transloadit, signature)
  return requireKept(readAssembly(transloadit, addressOfProcessed(parts)))
}

async function readJson(
  parts: Parts,
  access: Access,
  request: FastifyRequest,
  body: string,
): Promise<Notification> {
  const signature = request.headers['x-signature']
  if (typeof signature === 'string') requireSignature(parts, body, signature)
  else {
    const principal = await principalOf(access, request)
    guardOrigin(access, request, principal)
    requireRole(principal, 'operator')
    requireScope(principal, 'videos:write')
  }
  return requireKept(readAncestor(body, addressOfProcessed(parts)))
}

/** What JSON writes as an escape is a character only now that it was read. */
function requireKept(notification: Notification): Notification {
  requireStorable(notification)
  return notification
}

function requireSignature({ config }: Parts, text: string, signature: string | undefined): void {
  if (signature === undefined) {
    throw new ReelmillError('unauthorized', 'Sign the notification, in the field signature.')
  }
  const secret = config.notificationSecret
  if (secret === null) {
    throw new ReelmillError('signature_invalid', 'This server has no NOTIFICATION_SECRET.')
  }
  if (!isSigned(secret, text, signature)) throw new ReelmillError('signature_invalid')
}

type Fields = Readonly<Record<string, string>>

async function readFields(request: FastifyRequest): Promise<Fields> {
  const fields: Record<string, string> = {}
  const limits = { fields: 10, fieldSize: notificationBytes, files: 0 }
  for await (const part of readForm(request, limits)) {
    if (part.type === 'field' && typeof part.value === 'string') fields[part.fieldname] = part.value
  }
  return fields
}

function readTexts(body: unknown): Fields {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
