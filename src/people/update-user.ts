import { type Kysely, sql, type Transaction } from 'kysely'
import type { Role } from '#database/people-tables.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { keepAnAdmin } from './keep-an-admin.ts'
import { hashPassword } from './password.ts'

/** What is to be different; what is left out stays. */
export interface UserChanges {
  readonly name?: string | undefined
  readonly role?: Role | undefined
  readonly disabled?: boolean | undefined
  /** Ends the user's sessions. */
  readonly password?: string | undefined
}

/**
 * Changes a user. Who is disabled or gets another password is logged out everywhere.
 *
 * @throws ReelmillError `user_not_found`, `user_name_taken`, `last_admin`.
 */
export async function updateUser(
  database: Kysely<Tables>,
  id: string,
  changes: UserChanges,
): Promise<void> {
  const { name, role, disabled, password } = changes
  const hash = password === undefined ? undefined : await hashPassword(password)
  const columns = {
    updated_at: sql<Date>`now()`,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(hash === undefined ? {} : { password_hash: hash }),
    ...(disabled === undefined
      ? {}
      : { disabled_at: disabled ? sql<Date>`coalesce(disabled_at, now())` : null }),
  }
  await database.transaction().execute((tx) =>
    keepAnAdmin(tx, async () => {
      const update = tx.updateTable('users').set(columns).where('id', '=', id)
      const { numUpdatedRows } = await update.executeTakeFirst().catch(refuseTaken)
      if (numUpdatedRows === 0n) throw new ReelmillError('user_not_found')
      if (hash !== undefined || disabled) await endSessionsOf(tx, id)
    }),
  )
}

async function endSessionsOf(tx: Transaction<Tables>, userId: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).execute()
}

/** PostgreSQL's code for what is not unique; of users only the name can be it. */
function refuseTaken(error: unknown): never {
  const isTaken = error instanceof Error && 'code' in error && error.code === '23505'
  throw isTaken ? new ReelmillError('user_name_taken', undefined, { cause: error }) : error
}
