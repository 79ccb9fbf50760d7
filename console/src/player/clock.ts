import { toSeconds } from '../words/times.ts'

/** A place in a video in words, for those who hear it: `1 hour 2 minutes 3 seconds`. */
export function speakClock(seconds: number): string {
  const whole = Math.floor(toSeconds(seconds))
  const parts = [
    speakCount(Math.floor(whole / 3600), 'hour'),
    speakCount(Math.floor(whole / 60) % 60, 'minute'),
    speakCount(whole % 60, 'second'),
  ].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' ') : '0 seconds'
}

/**
 * A start time as people write it into an address: `90`, `90s`, `1m30s`, `1h2m3s`, `1:30`. Null for
 * anything else.
 */
export function parseStart(text: string): number | null {
  if (/^\d+(\.\d+)?s?$/.test(text)) return Number.parseFloat(text)
  if (/^(\d+:)?\d{1,2}:\d{1,2}$/.test(text)) {
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  }
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text)
  if (!match || text === '') return null
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return (hours * 60 + minutes) * 60 + seconds
}

function speakCount(count: number, unit: string): string | null {
  if (count === 0) return null
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
