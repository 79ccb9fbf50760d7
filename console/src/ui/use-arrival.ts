import { useEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'

/**
 * Lets one begin at the top of another page, as browsers do: the eye, the keys and who hears the
 * page. What only the search of an address changes is no other page.
 */
export function useArrival(): void {
  const { pathname } = useLocation()
  const way = useNavigationType()
  const before = useRef(pathname)
  useEffect(() => {
    if (pathname === before.current) return
    before.current = pathname
    // Back and forth the browser itself goes to where one was.
    if (way !== 'POP') scrollTo(0, 0)
    const main = document.querySelector('main')
    if (!main) return
    main.tabIndex = -1
    main.focus({ preventScroll: true })
  }, [pathname, way])
}
