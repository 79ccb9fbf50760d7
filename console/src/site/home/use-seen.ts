import { type RefObject, useEffect, useRef } from 'react'

/**
 * Calls `onSeen` when an element is near to where one looks, or comes there, whenever `enabled`
 * becomes true; to be put on the element.
 */
export function useSeen(onSeen: () => unknown, enabled: boolean): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!enabled || !element.current) return
    const watch = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && onSeen(),
      // A screen before the end, so that whoever scrolls on does not wait.
      { rootMargin: '0px 0px 100% 0px' },
    )
    watch.observe(element.current)
    return () => watch.disconnect()
  }, [onSeen, enabled])
  return element
}
