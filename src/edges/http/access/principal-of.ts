import type { FastifyRequest } from 'fastify'
import type { Principal } from '#people/principal.ts'
import type { Access } from './access.ts'
import { guardKey } from './guard-key.ts'

/**
 * Who calls.
 *
 * @throws ReelmillError `unauthorized`.
 */
export function principalOf(access: Access, request: FastifyRequest): Principal {
  guardKey(access, request)
  return access.kind === 'key'
    ? { kind: 'admin_key', userId: null, role: 'admin', label: 'admin-key' }
    : { kind: 'machine', userId: null, role: 'admin', label: 'machine' }
}
