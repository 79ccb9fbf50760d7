import { ReelmillError } from '#errors/reelmill-error.ts'

/** Ends the reading of bytes that are not what they should be, with `segment_refused`. */
export function refuse(sentence: string, details: Readonly<Record<string, unknown>> = {}): never {
  throw new ReelmillError('segment_refused', sentence, { details })
}
