import { createHash, randomBytes } from 'node:crypto'

const prefix = 'rmk_'

/** A new API key: 256 random bits behind a prefix by which it can be told. Shown once, never kept. */
export function mintKey(): string {
  return prefix + randomBytes(32).toString('base64url')
}

/** Whether a text has the form of an API key. */
export function isKey(text: string): boolean {
  return text.startsWith(prefix)
}

/** What is kept of a key, of a session's token or a set-up token: random ones need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
