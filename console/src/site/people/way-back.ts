import type { Location } from 'react-router'

/** Where to go after logging in: an address of these pages, and no other site's. */
export function readWayBack(search: URLSearchParams): string {
  const next = search.get('next') ?? '/'
  return /^\/(?![/\\])/.test(next) ? next : '/'
}

/** The login page, with the way back to where one is. */
export function wayToLogin({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string {
  return `/login?${new URLSearchParams({ next: `${pathname}${search}` })}`
}
