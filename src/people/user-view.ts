import type { Role } from '#database/people-tables.ts'

/** A user as administrators, and the user, see it. */
export interface UserView {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** Since then the user can do nothing. */
  readonly disabledAt: Date | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The columns of a UserView. */
export const userColumns = [
  'id',
  'name',
  'role',
  'disabled_at as disabledAt',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const
