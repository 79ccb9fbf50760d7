import { createHash, timingSafeEqual } from 'node:crypto'
import { hashToken } from '#runners/tokens.ts'

/**
 * What opens the source of a held job, and nothing else: a part of its address, since programs that
 * read it show their arguments to everybody on their machine. It follows from what the server keeps
 * of the job token, so it ends when the job is not held any more.
 */
export function makeSourceTicket(jobToken: string): string {
  return ticketOf(hashToken(jobToken)).toString('base64url')
}

/** Whether a ticket is that of the job whose token has this hash; null: nobody holds it. */
export function isSourceTicket(ticket: string, jobTokenHash: Buffer | null): boolean {
  if (!jobTokenHash) return false
  const expected = ticketOf(jobTokenHash)
  const given = Buffer.from(ticket, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function ticketOf(jobTokenHash: Buffer): Buffer {
  return createHash('sha256').update('source\0').update(jobTokenHash).digest()
}
