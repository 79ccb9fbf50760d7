/** A decimal-integer of RFC 8216 section 4.2, or null. */
export function readDecimalInteger(text: string): number | null {
  return /^\d{1,20}$/.test(text.trim()) ? Number(text) : null
}

/** "length[@offset]" of RFC 8216 section 4.3.2.2; a missing offset is null. */
export function readByteRange(text: string): { length: number; offset: number | null } | null {
  const match = /^(\d+)(?:@(\d+))?$/.exec(text.trim())
  if (!match) return null
  return { length: Number(match[1]), offset: match[2] === undefined ? null : Number(match[2]) }
}

/** "WIDTHxHEIGHT" as a decimal-resolution, or null. */
export function readResolution(text: string | null): { width: number; height: number } | null {
  const match = /^(\d+)x(\d+)$/.exec(text ?? '')
  return match ? { width: Number(match[1]), height: Number(match[2]) } : null
}
