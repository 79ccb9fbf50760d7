import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { isKey } from '#storage/keys.ts'

const each = {
  key: Type.String(),
  /** Unix time in milliseconds. */
  expiresAtMs: Type.Integer(),
}

const Grant = Type.Union([
  Type.Object({ ...each, allows: Type.Literal('get'), filename: Type.Optional(Type.String()) }),
  Type.Object({
    ...each,
    allows: Type.Literal('put'),
    maxBytes: Type.Integer(),
    sizeBytes: Type.Optional(Type.Integer()),
    contentType: Type.Optional(Type.String()),
  }),
  Type.Object({
    ...each,
    allows: Type.Literal('post'),
    maxBytes: Type.Integer(),
    contentTypePrefix: Type.String(),
  }),
])

/** What a link lets its holder do with one object, and until when. */
export type Grant = Static<typeof Grant>

/** One way of using a link. */
export type Use = Grant['allows']

/** The grant as a text for an address: what it says, readable by anybody, and its seal. */
export function sealGrant(linkKey: Buffer, grant: Grant): string {
  const said = Buffer.from(JSON.stringify(grant)).toString('base64url')
  return `${said}.${seal(linkKey, said).toString('base64url')}`
}

/**
 * What a link allows, for somebody who wants to use it in that way now.
 *
 * @throws ReelmillError `link_invalid` when it was not sealed with this key, is for another use or no
 * link at all; `link_expired`.
 */
export function openGrant<U extends Use>(
  linkKey: Buffer,
  { token, use, nowMs }: { readonly token: string; readonly use: U; readonly nowMs: number },
): Extract<Grant, { allows: U }> {
  const grant = readSealed(linkKey, token)
  if (grant?.allows !== use || !isKey(grant.key)) throw new ReelmillError('link_invalid')
  if (grant.expiresAtMs <= nowMs) throw new ReelmillError('link_expired')
  // Sound: its `allows` is `use`.
  return grant as Extract<Grant, { allows: U }>
}

function readSealed(linkKey: Buffer, token: string): Grant | null {
  const [said = '', given = '', ...rest] = token.split('.')
  const found = Buffer.from(given, 'base64url')
  const expected = seal(linkKey, said)
  if (rest.length > 0 || found.length !== expected.length) return null
  if (!timingSafeEqual(found, expected)) return null
  const grant: unknown = JSON.parse(Buffer.from(said, 'base64url').toString('utf8'))
  return Value.Check(Grant, grant) ? grant : null
}

function seal(linkKey: Buffer, said: string): Buffer {
  return createHmac('sha256', linkKey).update('link\0').update(said).digest()
}
