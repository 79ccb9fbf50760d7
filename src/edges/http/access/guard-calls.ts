import type { FastifyInstance } from 'fastify'
import type { Role } from '#database/people-tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { requireRole, requireScope } from '#people/rights.ts'
import type { Scope } from '#people/scopes.ts'
import type { Access } from './access.ts'
import { guardOrigin } from './guard-origin.ts'
import { limitKnown, limitStranger } from './limit-calls.ts'
import { principalOf } from './principal-of.ts'

/** What a caller must have. */
export interface Needs {
  readonly role: Role
  /** null: only a key without limits. */
  readonly scope: Scope | null
}

/**
 * Lets only those call the routes of a plugin who may, and not too often: `read` for GET and HEAD, `write` for all else.
 * Whose a video is, the routes look at themselves (people/rights.ts). 401 for strangers, 403 for those
 * who are known.
 */
export function guardCalls(
  app: FastifyInstance,
  access: Access,
  { read, write }: { readonly read: Needs; readonly write: Needs },
): void {
  app.addHook('onRequest', async (request, reply) => {
    // What is told to one is for nobody else, and changes (C-22).
    reply.header('cache-control', 'no-store')
    const needs = ['GET', 'HEAD'].includes(request.method) ? read : write
    const principal = await principalOf(access, request).catch((error: unknown) => {
      // Nobody is a stranger because the database is away.
      const isStranger = error instanceof ReelmillError && error.code === 'unauthorized'
      if (isStranger) limitStranger(access.limits, reply, request.ip)
      throw error
    })
    limitKnown(access.limits, reply, principal)
    guardOrigin(access, request, principal)
    requireRole(principal, needs.role)
    requireScope(principal, needs.scope)
  })
  app.addHook('onRoute', (route) => {
    if (route.schema) route.schema.security ??= [{ key: [] }, { session: [] }, {}]
  })
}
