import type { IncomingHttpHeaders } from 'node:http'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Principal } from '#people/principal.ts'
import { csrfTokenOf } from '#people/session-token.ts'
import type { AccessRules } from './access.ts'
import { hostOf } from './allowed-hosts.ts'
import { readSessionCookie } from './session-cookie.ts'

/** Said to foreign pages, and to programs that use a session's cookie: they can show its token. */
const changesFromElsewhere =
  'Pages of other sites may not change anything here; with a session, X-CSRF-Token shows that it is none.'

/**
 * Browsers send a session's cookie, and what needs no credential, also for pages of other sites, and
 * say in `Origin` and `Sec-Fetch-Site` where a request comes from. Only our own pages may change
 * something so; keys are shown on purpose and need none of this. A client without either header shows
 * the session's token in `X-CSRF-Token`; on a trusted machine it is no browser, and nothing is asked.
 *
 * @throws ReelmillError `forbidden`.
 */
export function guardOrigin(
  access: AccessRules,
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  principal: Principal | null,
): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return
  if (principal !== null && principal.kind !== 'machine' && principal.kind !== 'user') return
  if (isOwnPage(access, headers)) return
  throw new ReelmillError('forbidden', changesFromElsewhere)
}

/**
 * For calls that begin something with no credential of the browser's: whoever is no browser may make
 * them, and of pages only our own. Fails with `forbidden`.
 */
export function guardForeignPage(access: AccessRules, headers: IncomingHttpHeaders): void {
  const isPage = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined
  if (!isPage || isOwnPage(access, headers)) return
  throw new ReelmillError('forbidden', 'Pages of other sites may not do that here.')
}

/** Whether a request that may have been made by a browser was made by a page of this server. */
function isOwnPage(access: AccessRules, headers: IncomingHttpHeaders): boolean {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin !== undefined) return isOwnOrigin(access, origin, headers.host)
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const session = readSessionCookie(access, headers)
  if (session === null) return access.trustsMachine
  return headers['x-csrf-token'] === csrfTokenOf(session)
}

function isOwnOrigin(access: AccessRules, origin: string, host: string | undefined): boolean {
  if (access.publicOrigin !== null && origin === access.publicOrigin) return true
  const authority = /^https?:\/\/(.+)$/.exec(origin)?.[1]
  const name = hostOf(authority)
  if (name === null) return false
  // Another port of the machine is the machine's own too, while that is trusted.
  if (access.trustsMachine && access.machineNames.has(name)) return true
  return authority?.toLowerCase() === host?.toLowerCase()
}
