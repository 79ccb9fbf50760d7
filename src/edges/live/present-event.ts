import type { Principal } from '#people/principal.ts'
import { isChangeable, type Owned } from '#people/rights.ts'
import type { VideoEvent } from '#videos/events.ts'

/**
 * An event as somebody (null: a stranger) is told of it. What it says beyond its type, as which job
 * failed and why, is for those who may change the video; with null, nobody remembers whose it was.
 */
export function presentEvent(
  principal: Principal | null,
  { type, at, data }: VideoEvent,
  owned: Owned | null,
): object {
  const isTold = owned === null || (principal !== null && isChangeable(principal, owned))
  return { ...(isTold ? data : {}), type, at }
}
