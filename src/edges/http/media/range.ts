/** Bytes of a file, both ends included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * What of a file a `Range` header asks for (RFC 9110, 14.2): a range, 'unsatisfiable', or null for
 * the whole file. Several ranges at once, other units and nonsense count as no header.
 */
export function parseRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  const range = first === '' ? suffix(Number(last), sizeBytes) : fromTo(first, last, sizeBytes)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  return range.start > range.end ? 'unsatisfiable' : range
}

function suffix(length: number, sizeBytes: number): ByteRange {
  if (length === 0) return { start: sizeBytes, end: sizeBytes - 1 }
  return { start: Math.max(0, sizeBytes - length), end: sizeBytes - 1 }
}

function fromTo(first: string, last: string, sizeBytes: number): ByteRange {
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  return { start: Number(first), end }
}
