const steps = [
  ['y', 365 * 86_400],
  ['mo', 30 * 86_400],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const

/** How long ago: "just now", "3 min ago", "in 2 h". */
export function formatAgo(at: string, now: number): string {
  const seconds = Math.round((now - Date.parse(at)) / 1000)
  const size = Math.abs(seconds)
  if (size < 10) return 'just now'
  const [unit, length] = steps.find(([, each]) => size >= each) ?? ['s', 1]
  const text = `${Math.floor(size / length)} ${unit}`
  return seconds < 0 ? `in ${text}` : `${text} ago`
}

/** The exact time, in the words and the zone of whoever looks. */
export function formatTime(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

/**
 * A length of a video, or a place in it, in seconds, as a clock shows it: `0:07`, `12:05`,
 * `1:02:03`. With the whole's length the hours are there from the beginning, so that nothing moves
 * when the first one is reached.
 */
export function formatClock(seconds: number, wholeSeconds = seconds): string {
  const whole = Math.floor(toSeconds(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  const clock = `${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`
  if (Math.max(whole, toSeconds(wholeSeconds)) >= 3600)
    return `${Math.floor(whole / 3600)}:${clock}`
  return clock.startsWith('0') ? clock.slice(1) : clock
}

/** A time that something took, in seconds: 0.4 s, 12 s, 3 min 20 s, 2 h 5 min. */
export function formatTaken(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** A video without a length yet says NaN or Infinity. */
export function toSeconds(seconds: number): number {
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0
}
