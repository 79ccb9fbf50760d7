import { useEffect, useState } from 'react'

/** Seconds until something may be tried again, counted down; 0: now. */
export function useRetryAfter(): readonly [number, (seconds: number) => void] {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(() => Date.now())
  const left = Math.max(0, Math.ceil((until - now) / 1000))
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setNow(Date.now()), 250)
    return () => clearTimeout(timer)
  })
  const wait = (seconds: number) => {
    setNow(Date.now())
    setUntil(Date.now() + seconds * 1000)
  }
  return [left, wait]
}

/** How long a refusal says to wait, by its sentence ("… in 12 s."); 1 where it does not say. */
export function readWaitSeconds(sentence: string): number {
  return Number(/\b(\d+) s\b/.exec(sentence)?.[1] ?? 1)
}
