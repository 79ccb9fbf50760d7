import type { IncomingHttpHeaders } from 'node:http'
import type { AccessRules } from './access.ts'

const plainName = 'reelmill'
/** Browsers take this name only over https, for this very host and all its paths (RFC 6265bis). */
const hostName = '__Host-reelmill'

/** Whether people reach the server by https, so that its cookies must never go without. */
function isSecure({ publicOrigin }: AccessRules): boolean {
  return publicOrigin?.startsWith('https:') ?? false
}

/** The session's token of a request, or null. */
export function readSessionCookie(
  access: AccessRules,
  headers: IncomingHttpHeaders,
): string | null {
  const name = isSecure(access) ? hostName : plainName
  const start = `${name}=`
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const [found] = pairs.filter((pair) => pair.startsWith(start))
  return found?.slice(start.length) || null
}

/** The `Set-Cookie` of a session; null: that ends it in the browser. */
export function writeSessionCookie(access: AccessRules, token: string | null): string {
  const secure = isSecure(access)
  const seconds = token === null ? 0 : access.sessionMaxSeconds
  return [
    // Base64url, which needs no escaping (RFC 6265, 4.1.1).
    `${secure ? hostName : plainName}=${token ?? ''}`,
    `Max-Age=${seconds}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ].join('; ')
}
