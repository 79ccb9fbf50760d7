import type { Role } from '#database/people-tables.ts'
import type { Scope } from './scopes.ts'

/** Whoever calls the API, once it is known who that is. */
export interface Principal {
  /**
   * `machine`: anybody on the machine of a server that trusts it; `admin_key`: the holder of
   * ADMIN_KEY; `api_key`: of a key that was made; `user`: of a session.
   */
  readonly kind: 'machine' | 'admin_key' | 'api_key' | 'user'
  /** The user whose session or key it is; null where it is nobody's. */
  readonly userId: string | null
  readonly role: Role
  /** What of the role may be used; null: all of it. */
  readonly scopes: readonly Scope[] | null
  /** For logs and for limits: tells principals apart, holds no secret. */
  readonly label: string
}

/** Every role, from the least to the most. */
export const roles = ['viewer', 'uploader', 'operator', 'admin'] as const satisfies readonly Role[]

/** Whether somebody has this role or a higher one. */
export function hasRole({ role }: Pick<Principal, 'role'>, wanted: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(wanted)
}

/** The lower of two roles: a key never has more than its owner. */
export function lowerRole(a: Role, b: Role): Role {
  return roles[Math.min(roles.indexOf(a), roles.indexOf(b))] ?? 'viewer'
}
