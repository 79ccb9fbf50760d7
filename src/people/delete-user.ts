import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { keepAnAdmin } from './keep-an-admin.ts'

/**
 * Removes a user with all sessions and keys; the user's videos stay, and are nobody's in particular.
 *
 * @throws ReelmillError `user_not_found`, `last_admin`.
 */
export async function deleteUser(database: Kysely<Tables>, id: string): Promise<void> {
  await database.transaction().execute((tx) =>
    keepAnAdmin(tx, async () => {
      const { numDeletedRows } = await tx
        .deleteFrom('users')
        .where('id', '=', id)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw new ReelmillError('user_not_found')
    }),
  )
}
