import { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** Nobody nests deeper by hand; far below where a recursive writer of JSON runs out of stack. */
const maxDepth = 100

/**
 * Refuses texts that PostgreSQL keeps neither as text nor in JSON: with the character NUL, or with
 * half a surrogate pair, anywhere in what a caller sent; and values nested without end. Bytes, and a
 * body that is read later, are left alone.
 *
 * @throws ReelmillError `invalid_request`.
 */
export function requireStorable(sent: unknown): void {
  let layer: readonly unknown[] = [sent]
  for (let depth = 0; layer.length > 0; depth += 1) {
    if (depth > maxDepth) {
      throw new ReelmillError('invalid_request', 'The values are nested too deeply.')
    }
    layer.forEach(requireStorableText)
    layer = layer.flatMap(partsOf)
  }
}

function requireStorableText(value: unknown): void {
  if (typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0'))) return
  throw new ReelmillError(
    'invalid_request',
    'A text has a character that cannot be kept: NUL or half a surrogate pair.',
  )
}

/** The keys and values of an object or a list. */
function partsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (ArrayBuffer.isView(value) || value instanceof Readable) return []
  return Array.isArray(value) ? value : Object.entries(value).flat()
}
