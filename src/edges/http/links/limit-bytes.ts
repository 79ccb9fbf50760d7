import { ReelmillError } from '#errors/reelmill-error.ts'

/**
 * Passes bytes on, and fails with `payload_too_large` at the first that is too many, or with
 * `invalid_request` where there are fewer than were signed for: the storage then keeps nothing.
 */
export async function* limitBytes(
  chunks: AsyncIterable<Buffer>,
  { maxBytes, sizeBytes }: { readonly maxBytes: number; readonly sizeBytes?: number | undefined },
): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    yield chunk
  }
  if (sizeBytes !== undefined && bytes !== sizeBytes) {
    throw new ReelmillError('invalid_request', `The link is for a file of ${sizeBytes} bytes.`)
  }
}

/** The refusal of a body above the limit of its link. */
export function tooLarge(maxBytes: number): ReelmillError {
  return new ReelmillError('payload_too_large', `The link is for at most ${maxBytes} bytes.`)
}
