import { createHash, randomBytes } from 'node:crypto'

/** A new session's token: 256 random bits, kept only as a hash. */
export function mintSessionToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What a page shows in `X-CSRF-Token`: follows from the session's token, which no page can read. */
export function csrfTokenOf(sessionToken: string): string {
  return createHash('sha256').update(`csrf:${sessionToken}`).digest('base64url')
}
