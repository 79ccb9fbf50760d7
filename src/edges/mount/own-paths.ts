/**
 * These are the host's own, where there is one: most have a login of theirs, many videos, and all a
 * page for what is not there. What is at `/api/videos` is at `/api/v1` too.
 */
const hostsOwn = [
  '/',
  '/*',
  '/health',
  '/metrics',
  '/login',
  '/setup',
  '/account',
  '/upload',
  '/api/videos',
]

/**
 * Which addresses are Reelmill's in a host's server: what its routes begin with, as `/api/v1/videos`
 * and `/media`, so that other addresses below `/api` are the host's.
 */
export class OwnPaths {
  readonly #starts = new Set(['/socket.io'])

  /** @param route as it is declared: `/api/v1/videos/:id`. */
  add(route: string): void {
    const parts = route.split('/').slice(1)
    const length = parts[0] !== 'api' ? 1 : parts[1] === 'v1' ? 3 : 2
    const start = `/${parts.slice(0, length).join('/')}`
    if (!hostsOwn.includes(start)) this.#starts.add(start)
  }

  list(): string[] {
    return [...this.#starts].toSorted()
  }

  /**
   * @param url of a request, with its query.
   * @param prefix of all own addresses, as `/video`; '' for none.
   * @returns the address without the prefix; null when it is the host's.
   */
  strip(url: string, prefix: string): string | null {
    if (!url.startsWith(`${prefix}/`)) return null
    const own = url.slice(prefix.length)
    const [path = ''] = own.split('?', 1)
    const isOwn = [...this.#starts].some((start) => path === start || path.startsWith(`${start}/`))
    return isOwn ? own : null
  }
}
