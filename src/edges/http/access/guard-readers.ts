import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Principal } from '#people/principal.ts'
import { requireScope } from '#people/rights.ts'
import type { Access } from './access.ts'
import { limitKnown, limitSpectator, limitStranger } from './limit-calls.ts'
import { type Call, findPrincipal, principalOf } from './principal-of.ts'

/** Whether somebody who is not known may make a request at all; what they see of it is another question. */
export type IsOpen = (request: FastifyRequest) => boolean

/**
 * For routes that only read, some of which strangers may call: these are counted by their network,
 * and what they are told says nothing that was meant for others. Whoever is known must be allowed to
 * read videos, as everywhere.
 */
export function guardReaders(app: FastifyInstance, access: Access, isOpen: IsOpen): void {
  app.addHook('onRequest', async (request, reply) => {
    // What is told to one is for nobody else, and changes (C-22).
    reply.header('cache-control', 'no-store')
    const principal = await readerOf(access, request, isOpen(request)).catch((error: unknown) => {
      // Nobody is a stranger because the database is away.
      const isStranger = error instanceof ReelmillError && error.code === 'unauthorized'
      if (isStranger) limitStranger(access.limits, reply, request.ip)
      throw error
    })
    admitReader(access, request, reply, principal)
  })
  app.addHook('onRoute', (route) => {
    if (route.schema) route.schema.security ??= [{ key: [] }, { session: [] }, {}]
  })
}

/**
 * Who reads; null for a stranger where strangers may.
 *
 * @throws ReelmillError `unauthorized` where they may not, and for a key that is not right.
 */
export function readerOf(access: Access, call: Call, isOpen: boolean): Promise<Principal | null> {
  return isOpen ? findPrincipal(access, call) : principalOf(access, call)
}

function admitReader(
  access: Access,
  { ip }: FastifyRequest,
  reply: FastifyReply,
  principal: Principal | null,
): void {
  if (principal === null) return limitSpectator(access.limits, reply, ip)
  limitKnown(access.limits, reply, principal)
  requireScope(principal, 'videos:read')
}
