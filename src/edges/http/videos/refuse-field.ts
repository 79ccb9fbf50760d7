import type { ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/**
 * A problem that also says, in a member named for the field, what is wrong with it: clients of the
 * presigned uploads of other systems read that (M-21, M-27).
 */
export function refuseField(
  field: string,
  sentence: string,
  code: ErrorCode = 'invalid_request',
): ReelmillError {
  return new ReelmillError(code, sentence, { details: { [field]: [sentence] } })
}
