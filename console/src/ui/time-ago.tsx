import { useEffect, useState } from 'react'
import { formatAgo, formatTime } from '../words/times.ts'

/** "3 min ago", kept true, with the exact time in its title. */
export function TimeAgo({ at }: { readonly at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={formatTime(at)}>
      {formatAgo(at, now)}
    </time>
  )
}

/** The time in ms, renewed every so often. */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
