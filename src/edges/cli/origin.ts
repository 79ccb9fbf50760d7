/**
 * The address of a server without a slash at its end, or null. The runner protocol knows no path
 * before its own, and sockets would take one for a namespace (runner protocol section 4).
 */
export function toOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, origin, pathname, search } = new URL(text)
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' ? origin : null
}
