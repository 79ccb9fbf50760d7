import { useEffect, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Failure } from '../../../ui/states.tsx'
import styles from './load-more.module.css'

/** The end of a list that goes on: it fetches more when it comes into sight, or is pressed. */
export function LoadMore({
  list: { error, hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  readonly list: {
    readonly error: Error | null
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => Promise<unknown>
  }
}) {
  const place = useRef<HTMLDivElement>(null)
  // What failed is asked for again by whoever presses the button, not by standing there.
  const isWaiting = hasNextPage && !isFetchingNextPage && !error
  useEffect(() => {
    if (!isWaiting || !place.current) return
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && void fetchNextPage(),
      { rootMargin: '400px' },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [isWaiting, fetchNextPage])
  if (!hasNextPage) return null
  if (error && !isFetchingNextPage) {
    return <Failure error={error} onRetry={() => void fetchNextPage()} />
  }
  return (
    <div ref={place} className={styles['more']}>
      <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        Show more
      </Button>
    </div>
  )
}
