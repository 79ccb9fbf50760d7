import { sql } from 'kysely'

/**
 * True for a row of `runners` that is there: it called in the last two minutes (Reelmill's own ask
 * every 30 s), or a server process holds a socket of it, which is said anew every 30 s. Runners of
 * other makes do not ask by themselves, so for them only the socket tells (runner protocol 5.3).
 */
export const isOnline = sql<boolean>`(
  runners.last_contact_at > now() - interval '2 minutes'
  or coalesce(runners.socket_seen_at > now() - interval '75 seconds', false))`
