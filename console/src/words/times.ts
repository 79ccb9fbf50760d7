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

/** A length in seconds as players write it: 0:07, 12:05, 1:02:09. */
export function formatLength(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? part : String(part).padStart(2, '0'))).join(':')
}

/** A time that something took, in seconds: 0.4 s, 12 s, 3 min 20 s, 2 h 5 min. */
export function formatTaken(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
