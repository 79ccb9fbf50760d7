const longestMs = 24 * 3600_000

/**
 * How long an answer asks to wait (RFC 9110, 10.2.3: seconds or a date), at most a day; null where it
 * asks nothing that can be read.
 */
export function readRetryAfterMs(header: string | null, now: Date): number | null {
  const text = header?.trim() ?? ''
  const ms = /^\d{1,10}$/.test(text)
    ? Number(text) * 1000
    : /[a-z]/i.test(text)
      ? Date.parse(text) - now.getTime()
      : Number.NaN
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), longestMs)
}
