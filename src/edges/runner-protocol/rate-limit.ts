import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  preValidationAsyncHookHandler,
  RouteOptions,
} from 'fastify'
import type { Access } from '#edges/http/access/access.ts'
import { type Count, createCallCounter } from '#edges/http/access/call-counter.ts'
import { networkOf } from '#edges/http/access/network-of.ts'
import { findPrincipal } from '#edges/http/access/principal-of.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { hasRole } from '#people/principal.ts'
import { findRunner } from '#runners/find.ts'

/** The genuine server's default (runner protocol 1.1). */
const limit = { limit: 50, windowMs: 10_000, maxCallers: 20_000 }

/**
 * A runner must be able to say that it failed, and an operator to look, whatever else goes on. And
 * ffmpeg reads a source in many ranges, with no token but the one in its address.
 */
const unlimited = [
  'GET /jobs/:jobUuid/source/:ticket',
  'HEAD /jobs/:jobUuid/source/:ticket',
  'POST /jobs/:jobUuid/error',
  'POST /jobs/:jobUuid/cancel',
  'GET /jobs',
  'HEAD /jobs',
  'DELETE /jobs/:jobUuid',
]

/**
 * Limits the calls that strangers make to the routes registered after it: 50 in 10 s of an address.
 * Above that registered runners and operators still pass (on a server without a key, that is open to
 * its own machine only, so does everybody), others get 429 (runner protocol 1.1; D-62). Each process
 * counts for itself.
 */
export function limitStrangers(app: FastifyInstance, parts: Parts, access: Access): void {
  const counter = createCallCounter(limit)
  const counts = new WeakMap<FastifyRequest, Count>()
  const count: onRequestAsyncHookHandler = async (request, reply) => {
    const counted = counter.count(networkOf(request.ip), Date.now())
    counts.set(request, counted)
    tellCount(reply, counted)
  }
  const refuse: preValidationAsyncHookHandler = async (request, reply) => {
    const counted = counts.get(request)
    if (!counted?.isOver || (await isOperator(access, request))) return
    if (await isRunner(parts, request)) return
    const seconds = Math.max(1, Math.ceil((counted.endsAtMs - Date.now()) / 1000))
    reply.header('retry-after', String(seconds))
    throw new ReelmillError('rate_limited')
  }
  app.addHook('onRoute', (route) => {
    if (isUnlimited(route, app.prefix)) return
    route.onRequest = [count, ...asList(route.onRequest)]
    // After a form was read: the token is in it.
    route.preValidation = [...asList(route.preValidation), refuse]
  })
}

function isUnlimited({ method, url }: RouteOptions, prefix: string): boolean {
  const path = url.slice(prefix.length)
  return asList(method).every((each) => unlimited.includes(`${each} ${path}`))
}

function tellCount(reply: FastifyReply, { limit: most, remaining, endsAtMs }: Count): void {
  reply
    .header('x-ratelimit-limit', String(most))
    .header('x-ratelimit-remaining', String(remaining))
    .header('x-ratelimit-reset', String(Math.ceil(endsAtMs / 1000)))
}

async function isOperator(access: Access, request: FastifyRequest): Promise<boolean> {
  try {
    const principal = await findPrincipal(access, request)
    return principal !== null && hasRole(principal, 'operator')
  } catch (error) {
    if (error instanceof ReelmillError && error.code === 'unauthorized') return false
    throw error
  }
}

async function isRunner({ database }: Parts, { body, headers }: FastifyRequest): Promise<boolean> {
  const said =
    typeof body === 'object' && body !== null && 'runnerToken' in body
      ? body.runnerToken
      : undefined
  const token = said ?? headers['x-runner-token']
  if (typeof token !== 'string' || token === '') return false
  try {
    await findRunner(database, token)
    return true
  } catch (error) {
    if (error instanceof ReelmillError && error.code === 'unknown_runner_token') return false
    throw error
  }
}

function asList<T>(value: T | readonly T[] | undefined): T[] {
  if (value === undefined) return []
  return Array.isArray(value) ? [...value] : [value as T]
}
