import type { PolicyKey } from '#database/policy-tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { policyKinds } from './policy.ts'

/** What callers may give: a switch also as a word or a number, a number also as a text. */
export type PolicyInput = boolean | number | string | null

const truths: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['0', false],
  ['false', false],
  ['no', false],
])

/** What a switch says; null for a text that is none of 1, true, yes, 0, false, no (P-37). */
export function readTruth(text: string): boolean | null {
  return truths.get(text.toLowerCase()) ?? null
}

/**
 * A value as it is kept: `1` or `0`, or the digits of a number; null for the default.
 *
 * @throws ReelmillError `policy_invalid`.
 */
export function parsePolicy(key: PolicyKey, input: PolicyInput): string | null {
  if (input === null) return null
  const kind = policyKinds[key]
  if (kind.kind === 'switch') {
    const truth = readTruth(String(input))
    if (truth === null) throw refusal(key, 'one of 1, true, yes, 0, false, no')
    return truth ? '1' : '0'
  }
  const text = String(input)
  const isNumber = typeof input !== 'boolean' && /^\d{1,9}$/.test(text)
  if (isNumber && Number(text) <= kind.most) return String(Number(text))
  throw refusal(key, `a whole number from 0 to ${kind.most}`)
}

function refusal(key: PolicyKey, expected: string): ReelmillError {
  return new ReelmillError('policy_invalid', `${key} must be ${expected}.`, { details: { key } })
}
