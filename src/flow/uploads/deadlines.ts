import { sql } from 'kysely'
import type { Parts } from '../parts.ts'

/**
 * How long the hold of a server that died keeps others out. Writers renew theirs more than twice in
 * that time (receive-bytes.ts).
 */
const holdSeconds = 6

/** Until when a hold that is taken or renewed now keeps others out. */
export function heldUntil() {
  return sql<Date>`now() + make_interval(secs => ${holdSeconds})`
}

/** When an upload that is added to now is given up. */
export function expiry({ config }: Pick<Parts, 'config'>) {
  return sql<Date>`now() + make_interval(secs => ${config.uploadExpirationSeconds})`
}
