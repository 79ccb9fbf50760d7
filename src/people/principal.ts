import type { Role } from '#database/tables.ts'

/** Whoever calls the API, once it is known who that is. */
export interface Principal {
  /**
   * `machine`: anybody on the machine of a server that is open to it alone; `admin_key`: the holder of
   * ADMIN_KEY; `api_key`: of a key that was made; `user`: of a session.
   */
  readonly kind: 'machine' | 'admin_key' | 'api_key' | 'user'
  /** The user whose session or key it is; null where it is nobody's. */
  readonly userId: string | null
  readonly role: Role
  /** For logs and for limits: tells principals apart, holds no secret. */
  readonly label: string
}

const rank: Readonly<Record<Role, number>> = { viewer: 0, uploader: 1, operator: 2, admin: 3 }

/** Whether somebody has this role or a higher one. */
export function hasRole({ role }: Pick<Principal, 'role'>, wanted: Role): boolean {
  return rank[role] >= rank[wanted]
}
