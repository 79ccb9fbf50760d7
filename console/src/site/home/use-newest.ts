import { useEffect, useState } from 'react'

/** Further down than this nothing new is put above what one looks at. */
const topPixels = 240

/**
 * Up to which video the grid is shown to somebody who reads further down; null: all of it. It goes on
 * with everything once they are at the top again.
 */
export function useNewest(newest: string | null): {
  readonly until: string | null
  readonly showAll: () => void
} {
  const [until, setUntil] = useState<string | null>(null)
  useEffect(() => {
    const look = () => setUntil((kept) => (scrollY < topPixels ? null : (kept ?? newest)))
    addEventListener('scroll', look, { passive: true })
    return () => removeEventListener('scroll', look)
  }, [newest])
  const showAll = () => {
    setUntil(null)
    scrollTo({ top: 0 })
  }
  return { until, showAll }
}
