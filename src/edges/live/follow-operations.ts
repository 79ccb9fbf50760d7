import type { Parts } from '#flow/parts.ts'
import { hasRole, type Principal } from '#people/principal.ts'
import { hasScope } from '#people/rights.ts'
import type { Scope } from '#people/scopes.ts'
import type { EventStream } from './event-stream.ts'
import { fleetWatchOf, webhookWatchOf } from './watches.ts'

/** Who listens; renewed while the stream is open. */
interface Listening {
  readonly principal: Principal | null
}

/**
 * Tells operators, for as long as they are, that runners or jobs, policies or webhooks changed; the
 * pages ask what.
 */
export function followOperations(parts: Parts, listening: Listening, stream: EventStream): void {
  if (!isOperator(listening, 'runners') && !isOperator(listening, 'webhooks')) return
  const stops = [
    fleetWatchOf(parts).subscribe((news) => {
      if (isOperator(listening, 'runners')) stream.send({ event: 'fleet', data: news })
    }),
    webhookWatchOf(parts).subscribe((news) => {
      if (isOperator(listening, 'webhooks')) stream.send({ event: 'webhooks', data: news })
    }),
    parts.notifications.on('policies', () => {
      if (isOperator(listening, 'runners')) stream.send({ event: 'policies', data: {} })
    }),
  ]
  const stop = () => {
    for (const each of stops) each()
  }
  if (stream.closed.aborted) stop()
  else stream.closed.addEventListener('abort', stop)
}

function isOperator({ principal }: Listening, scope: Scope): boolean {
  return principal !== null && hasRole(principal, 'operator') && hasScope(principal, scope)
}
