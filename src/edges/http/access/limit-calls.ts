import type { FastifyReply } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Principal } from '#people/principal.ts'
import { type CallCounter, type Count, createCallCounter } from './call-counter.ts'
import { networkOf } from './network-of.ts'
import { createOpenCounter, type OpenCounter } from './open-counter.ts'

/** Counts of this process; each server counts for itself. */
export interface CallLimits {
  /** By principal; null: there is no limit. */
  readonly known: CallCounter | null
  /** By network: calls that showed nothing, or what is not right. */
  readonly strangers: CallCounter
  /** By network: calls of strangers to what everybody may read. */
  readonly spectators: CallCounter
  /** By network: answers to strangers that stay open. */
  readonly streams: OpenCounter
}

const windowMs = 60_000
/** Calls without a good credential in a minute, of one network: far more than mistakes make. */
const strangersLimit = 120
/** What a crowd behind one address may read in a minute: some hundred pages, each of a few calls. */
const spectatorsLimit = 600
const maxCallers = 20_000
/** Answers to strangers that are open at once, of one network and in all: each costs memory and reading. */
const openStreams = { perCaller: 50, inAll: 2_000 }
/** When one that was refused may ask again; how long others stay nobody knows. */
const streamAgainSeconds = 30

/** Counters for so many calls a minute of each who is known; 0: as many as they like. */
export function openLimits(callsPerMinute: number): CallLimits {
  return {
    known:
      callsPerMinute === 0
        ? null
        : createCallCounter({ limit: callsPerMinute, windowMs, maxCallers }),
    strangers: createCallCounter({ limit: strangersLimit, windowMs, maxCallers }),
    spectators: createCallCounter({ limit: spectatorsLimit, windowMs, maxCallers }),
    streams: createOpenCounter(openStreams),
  }
}

/**
 * Counts a call of somebody who is known, and tells how many are left. The machine's own people and
 * the holder of ADMIN_KEY are not limited. Fails with `rate_limited`.
 */
export function limitKnown({ known }: CallLimits, reply: FastifyReply, who: Principal): void {
  if (known === null || who.kind === 'machine' || who.kind === 'admin_key') return
  refuseOver(reply, known.count(who.label, Date.now()))
}

/** Counts a call that was refused for want of a good credential. Fails with `rate_limited`. */
export function limitStranger({ strangers }: CallLimits, reply: FastifyReply, ip: string): void {
  refuseOver(reply, strangers.count(networkOf(ip), Date.now()))
}

/** Counts a call of somebody who is not known to what everybody may read. Fails with `rate_limited`. */
export function limitSpectator({ spectators }: CallLimits, reply: FastifyReply, ip: string): void {
  refuseOver(reply, spectators.count(networkOf(ip), Date.now()))
}

/**
 * Counts an answer that stays open to somebody (null: a stranger, else it is not counted); the
 * function is to be called when it is closed. Fails with `rate_limited`.
 */
export function limitStream(
  { streams }: CallLimits,
  reply: FastifyReply,
  who: Principal | null,
): () => void {
  const leave = who === null ? streams.enter(networkOf(reply.request.ip)) : () => undefined
  if (leave) return leave
  reply.header('retry-after', String(streamAgainSeconds))
  throw new ReelmillError('rate_limited', 'Too many streams are open; wait and try again.')
}

function refuseOver(reply: FastifyReply, { limit, remaining, isOver, endsAtMs }: Count): void {
  const seconds = String(Math.max(1, Math.ceil((endsAtMs - Date.now()) / 1000)))
  reply
    .header('ratelimit-limit', String(limit))
    .header('ratelimit-remaining', String(remaining))
    .header('ratelimit-reset', seconds)
  if (!isOver) return
  reply.header('retry-after', seconds)
  throw new ReelmillError('rate_limited')
}
