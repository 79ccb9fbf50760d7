/** From this part on each thousand has parts of twice the size: S3 takes 10,000 at most. */
const firstLarger = 5000
const each = 1000

/**
 * How many bytes the part of this number, from 1, holds. Parts are alike as long as that can be, as
 * some servers want it. At 8 MiB the ten thousand hold more than 500 GB.
 */
export function partBytes(number: number, chunkBytes: number): number {
  return chunkBytes * 2 ** Math.max(0, Math.ceil((number - firstLarger) / each))
}

/**
 * Cuts a body of unknown length into the parts of an upload; the last may be shorter, or empty. Each
 * part is copied together as it comes, so that nothing else keeps the body's own buffers.
 */
export async function* cutIntoParts(
  body: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array>,
  chunkBytes: number,
): AsyncGenerator<Buffer> {
  let number = 1
  let part = Buffer.allocUnsafeSlow(chunkBytes)
  let filled = 0
  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    for (let at = 0; at < bytes.length; ) {
      const copied = bytes.copy(part, filled, at)
      at += copied
      filled += copied
      if (filled < part.length) continue
      yield part
      number += 1
      part = Buffer.allocUnsafeSlow(partBytes(number, chunkBytes))
      filled = 0
    }
  }
  if (filled > 0 || number === 1) yield part.subarray(0, filled)
}
