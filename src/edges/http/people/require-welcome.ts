import type { FastifyReply, FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Login, LoginOutcome } from '#people/log-in.ts'
import { networkOf } from '../access/network-of.ts'

/** Where somebody logs in from. */
export function placeOf({ ip, headers }: FastifyRequest): Pick<Login, 'ip' | 'address' | 'agent'> {
  return { ip, address: networkOf(ip), agent: headers['user-agent'] ?? null }
}

/**
 * The session of a login that succeeded.
 *
 * @throws ReelmillError `login_refused`; `rate_limited`, with `Retry-After`.
 */
export function requireWelcome(
  reply: FastifyReply,
  outcome: LoginOutcome,
): Extract<LoginOutcome, { kind: 'welcome' }> {
  if (outcome.kind === 'welcome') return outcome
  if (outcome.kind === 'wrong') throw new ReelmillError('login_refused')
  const seconds = Math.max(1, Math.ceil((outcome.retryAt.getTime() - Date.now()) / 1000))
  reply.header('retry-after', String(seconds))
  throw new ReelmillError('rate_limited', `Too many attempts; try again in ${seconds} s.`)
}
