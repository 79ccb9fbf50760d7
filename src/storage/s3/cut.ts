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

/** Cuts a body of unknown length into the parts of an upload; the last may be shorter, or empty. */
export async function* cutIntoParts(
  body: AsyncIterable<Buffer | string> | Iterable<Buffer>,
  chunkBytes: number,
): AsyncGenerator<Buffer> {
  let number = 1
  let wanted = partBytes(number, chunkBytes)
  let pieces: Buffer[] = []
  for await (const chunk of body) {
    let rest = Buffer.from(chunk)
    while (rest.length >= wanted) {
      yield Buffer.concat([...pieces, rest.subarray(0, wanted)])
      rest = rest.subarray(wanted)
      pieces = []
      number += 1
      wanted = partBytes(number, chunkBytes)
    }
    if (rest.length > 0) pieces.push(rest)
    wanted -= rest.length
  }
  if (pieces.length > 0 || number === 1) yield Buffer.concat(pieces)
}
