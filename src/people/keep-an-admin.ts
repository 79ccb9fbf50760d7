import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/**
 * Runs a change of users after which somebody must still govern: where there was an administrator
 * who could log in, there is one afterwards. Fails with `last_admin`, and then changes nothing.
 */
export async function keepAnAdmin<T>(
  tx: Transaction<Tables>,
  change: () => Promise<T>,
): Promise<T> {
  // Two who take the role from each other at once wait for each other here.
  const before = await readAdmins(tx)
  const result = await change()
  const after = await readAdmins(tx)
  if (before > 0 && after === 0) throw new ReelmillError('last_admin')
  return result
}

async function readAdmins(tx: Transaction<Tables>): Promise<number> {
  const admins = await tx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return admins.length
}
