import { createHash, randomUUID } from 'node:crypto'

const prefixes = { registration: 'ptrrt-', runner: 'ptrt-', job: 'ptrjt-' } as const

/** What a token opens: registering, being a runner, holding a job. */
export type TokenKind = keyof typeof prefixes

/** A new token of the protocol's shape, prefix + uuid4 (runner protocol 1.1). Shown once, never kept. */
export function mintToken(kind: TokenKind): string {
  return prefixes[kind] + randomUUID()
}

/**
 * What is kept of a token: its SHA-256. A token holds 122 random bits, so neither salt nor a slow
 * hash would make it harder to find.
 */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The last characters, by which people tell tokens apart; too few to guess the rest. */
export function hintOf(token: string): string {
  return token.slice(-4)
}
