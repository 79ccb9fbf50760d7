import type { FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { AccessRules } from './access.ts'
import { isAllowedHost } from './allowed-hosts.ts'

/** Where no name of a browser's making does harm: what is called there shows a token or is nothing. */
const anyName = ['/health/', '/api/v1/runners']

/**
 * Refuses requests for names that are not this server's (C-44). On a server that trusts its machine
 * this also ends DNS rebinding: a foreign page whose name was made to lead here still says its name
 * in `Host`. Runners and health checks reach a server by whatever name their network has for it.
 */
export function guardHost(access: AccessRules, request: FastifyRequest): void {
  if (isAllowedHost(access.hosts, request.headers.host)) return
  const path = request.url
  if (!access.trustsMachine && anyName.some((start) => path.startsWith(start))) return
  throw new ReelmillError('host_not_allowed')
}
