/** What is wrong with a field of a profile: `field` is a JSON pointer such as "/video/0/height". */
export interface FieldProblem {
  readonly field: string
  /** Follows the field in a sentence: "must be a whole number". */
  readonly message: string
}

/** An error of the schema's validator. */
interface Violation {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

const kinds: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** What a text must look like, by the last name of its field. */
const shapes: Readonly<Record<string, string>> = {
  name: 'must be lower case letters, digits and "-", 64 at most',
  mp4: 'must be like "720p" or "720p-hevc"',
  prefix: 'must hold {id} and one of {version} and {stamp}',
  preset: 'must be lower case letters and digits',
  encoder: 'must be the name of an encoder of ffmpeg',
}

/**
 * The validator's errors in words for people, one for each field: of alternatives it tells all that
 * are not met.
 */
export function toFieldProblems(violations: readonly Violation[]): FieldProblem[] {
  const problems = new Map<string, string>()
  for (const violation of violations) {
    for (const { field, message } of explain(violation, violations)) {
      if (!problems.has(field)) problems.set(field, message)
    }
  }
  return [...problems].map(([field, message]) => ({ field, message }))
}

function explain(violation: Violation, all: readonly Violation[]): FieldProblem[] {
  const { keyword, instancePath: field, params, message } = violation
  const { requiredProperties = [], type, limit, comparison } = params as Params
  switch (keyword) {
    case 'required':
      return requiredProperties.map((name) => ({
        field: `${field}/${name}`,
        message: 'is missing',
      }))
    case 'additionalProperties':
    case 'anyOf':
      return []
    case 'boolean':
      return [{ field, message: 'is not a field of profiles' }]
    case 'const':
      return [{ field, message: `must be one of ${listAllowed(field, all)}` }]
    case 'type':
      return [{ field, message: `must be ${listKinds(field, type, all)}` }]
    case 'pattern':
      return [{ field, message: shapes[lastName(field)] ?? message }]
    default:
      return [{ field, message: limit === undefined ? message : compare(comparison, limit) }]
  }
}

interface Params {
  readonly requiredProperties?: readonly string[]
  readonly type?: string
  readonly limit?: number
  readonly comparison?: string
  readonly allowedValue?: unknown
}

function compare(comparison: string | undefined, limit: number): string {
  const words: Readonly<Record<string, string>> = {
    '>=': 'at least',
    '<=': 'at most',
    '>': 'more than',
    '<': 'less than',
  }
  return comparison ? `must be ${words[comparison]} ${limit}` : `has more than ${limit} entries`
}

function listAllowed(field: string, all: readonly Violation[]): string {
  return all
    .filter((each) => each.instancePath === field && each.keyword === 'const')
    .map(({ params }) => String((params as Params).allowedValue))
    .join(', ')
}

function listKinds(field: string, type: string | undefined, all: readonly Violation[]): string {
  const isChoice = all.some((each) => each.instancePath === field && each.keyword === 'anyOf')
  const types = all
    .filter((each) => isChoice && each.instancePath === field && each.keyword === 'type')
    .map(({ params }) => (params as Params).type)
  return [...new Set(types.length > 0 ? types : [type])]
    .map((each) => kinds[each ?? ''] ?? each)
    .join(' or ')
}

function lastName(field: string): string {
  return (
    field
      .split('/')
      .filter((part) => !/^\d*$/.test(part))
      .at(-1) ?? ''
  )
}
