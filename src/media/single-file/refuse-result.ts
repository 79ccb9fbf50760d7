import { ReelmillError } from '#errors/reelmill-error.ts'

/** What a runner handed in is not what was ordered: `result_refused`, with a sentence that says why. */
export function refuseResult(
  sentence: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new ReelmillError('result_refused', sentence, { details })
}
