import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { isAnyUserThere } from '#people/any-user.ts'
import { findKeyHolder } from '#people/find-key.ts'
import { findSession } from '#people/find-session.ts'
import { isKey } from '#people/key-secret.ts'
import type { Principal } from '#people/principal.ts'
import { hasScope } from '#people/rights.ts'
import type { Access } from './access.ts'
import { hostOf, isLoopback } from './allowed-hosts.ts'
import { readSessionCookie } from './session-cookie.ts'

/** A request, or the first one of a socket. */
export interface Call {
  readonly headers: IncomingHttpHeaders
  /** The connection that it came by. */
  readonly socket: { readonly remoteAddress?: string | undefined }
}

const known = new WeakMap<Call, Promise<Principal | null>>()

/**
 * Who calls.
 *
 * @throws ReelmillError `unauthorized` where that is nobody who is known.
 */
export async function principalOf(access: Access, call: Call): Promise<Principal> {
  const principal = await findPrincipal(access, call)
  if (principal) return principal
  throw new ReelmillError('unauthorized', whatToDo(access, call))
}

/**
 * Who calls, or null for a stranger. A key that is shown must be right: it fails with `unauthorized`
 * where it is not. A session that ended is none. Looked up once for each call.
 */
export function findPrincipal(access: Access, call: Call): Promise<Principal | null> {
  const found = known.get(call) ?? identify(access, call)
  known.set(call, found)
  return found
}

/**
 * Who looks at a video that strangers may look at too: null for these, and for a key that is for
 * something else: it shows what it is for, and nothing of what is private.
 */
export async function findViewer(access: Access, call: Call): Promise<Principal | null> {
  const principal = await findPrincipal(access, call)
  return principal !== null && hasScope(principal, 'videos:read') ? principal : null
}

/** A call whose caller is to be looked up anew, since it has stayed open for long. */
export function asNew({ headers, socket }: Call): Call {
  return { headers, socket }
}

/** Who calls with a key that comes another way than in the header, as a socket's does. */
export async function principalOfKey(access: Access, key: string): Promise<Principal> {
  const principal = await findHolder(access, key)
  if (principal) return principal
  throw new ReelmillError('unauthorized', 'This is not a key of the server.')
}

async function identify(access: Access, call: Call): Promise<Principal | null> {
  const { headers } = call
  const { authorization } = headers
  if (authorization !== undefined) {
    const [, key = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
    return principalOfKey(access, key)
  }
  const token = readSessionCookie(access, headers)
  if (token !== null) {
    const session = await findSession(access.database, token, {
      idleSeconds: access.sessionIdleSeconds,
      maxSeconds: access.sessionMaxSeconds,
    })
    if (session) return session.principal
  }
  return isMachine(access, call) && !(await isAnyUserThere(access.database)) ? machine : null
}

const machine: Principal = {
  kind: 'machine',
  userId: null,
  role: 'admin',
  scopes: null,
  label: 'machine',
}

async function findHolder({ adminKey, database }: Access, key: string): Promise<Principal | null> {
  if (adminKey !== null && isSame(key, adminKey)) {
    return { ...machine, kind: 'admin_key', label: 'admin-key' }
  }
  return isKey(key) ? findKeyHolder(database, key) : null
}

/**
 * Whether a call was made by somebody on a machine that is trusted. What came through a proxy may be
 * anybody's, whatever address it comes from; and a host that Reelmill is mounted in may listen where
 * the settings do not say, so the connection itself must be one of the machine.
 */
function isMachine(access: Access, { headers, socket }: Call): boolean {
  if (!access.trustsMachine || isForwarded(headers)) return false
  const from = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '')
  if (!isLoopback(from)) return false
  return access.machineNames.has(hostOf(headers.host) ?? '')
}

function whatToDo({ trustsMachine }: Access, { headers }: Call): string {
  if (isForwarded(headers) && trustsMachine) {
    return 'Requests through a proxy need a key or a session.'
  }
  return 'Log in, or send a key as "Authorization: Bearer KEY".'
}

function isForwarded(headers: IncomingHttpHeaders): boolean {
  return headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined
}

/** Takes as long for a near miss as for a far one. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
