import type { FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Access } from './access.ts'

/**
 * A server that is open to its machine answers only to the machine's own names: a foreign page whose
 * name was made to lead here (DNS rebinding) still says its name in `Host`.
 */
export function guardHost(access: Access, request: FastifyRequest): void {
  if (access.kind === 'key') return
  const host = hostOf(request.headers.host)
  if (host !== null && access.hosts.has(host)) return
  throw new ReelmillError(
    'forbidden',
    'This server answers only as localhost; set ADMIN_KEY and PUBLIC_URL to use another name.',
  )
}

/**
 * Browsers send forms to other sites without asking, and say in `Origin` where they come from. Only
 * our own pages may change something without a key.
 */
export function guardOrigin(access: Access, request: FastifyRequest): void {
  if (access.kind === 'key' || ['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return
  const { origin } = request.headers
  if (origin === undefined) return
  if (access.hosts.has(hostOf(/^https?:\/\/(.+)$/.exec(origin)?.[1]) ?? '')) return
  throw new ReelmillError('forbidden', 'Pages of other sites may not change anything here.')
}

/** A name or address without its port; null for what is neither, as what has more than the two. */
function hostOf(header: string | undefined): string | null {
  const isHost = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(header ?? '')
  const url = `http://${header}`
  return isHost && URL.canParse(url) ? new URL(url).hostname : null
}
