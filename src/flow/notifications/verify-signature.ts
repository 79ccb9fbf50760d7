import { createHmac, timingSafeEqual } from 'node:crypto'

/** Hex digits of a signature without the name of its hash: the first kind that there was. */
const sha1 = /^[\da-f]{40}$/i
const named = /^(sha1|sha384):([\da-f]+)$/i

/**
 * Whether a text was signed with the secret: the HMAC as hex digits, by SHA-1, or by the hash that is
 * named before it (`sha384:…`). Takes as long for a near miss as for a far one.
 */
export function isSigned(secret: string, text: string, signature: string): boolean {
  const [, hash = 'sha1', digits = signature] = named.exec(signature) ?? []
  if (digits === signature && !sha1.test(signature)) return false
  const expected = createHmac(hash.toLowerCase(), secret).update(text).digest()
  const given = Buffer.from(digits, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
