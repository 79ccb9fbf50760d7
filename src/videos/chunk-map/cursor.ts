import { ReelmillError } from '#errors/reelmill-error.ts'

/** When a map was read, and of which chunks. */
export interface MapCursor {
  readonly layout: string
  readonly at: Date
}

/** Rows carry the time at which their transaction began, and a change is seen when it ends. */
const longestTransactionMs = 15_000

/** A cursor as clients pass it back. */
export function formatMapCursor({ layout, at }: MapCursor): string {
  return `${layout}@${at.getTime()}`
}

/**
 * From when on changes may not have been seen by whoever got this cursor with this layout; null where
 * there are other chunks by now, so that all is new.
 *
 * @throws ReelmillError `invalid_request` for what is no cursor of ours.
 */
export function readMapCursor(since: string | undefined, layout: string): Date | null {
  if (since === undefined) return null
  const [, before, at] = /^([\d.]{1,100})@(\d{1,15})$/.exec(since) ?? []
  if (before === undefined) {
    throw new ReelmillError('invalid_request', '`since` is not what a chunk map gave as `next`.')
  }
  return before === layout ? new Date(Number(at) - longestTransactionMs) : null
}
