import type { Role } from '#database/people-tables.ts'
import type { Visibility } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hasRole, type Principal } from './principal.ts'
import type { Scope } from './scopes.ts'

/** What decides who may see and change a video. */
export interface Owned {
  /** A user; null: of nobody in particular. */
  readonly ownerId: string | null
  readonly visibility: Visibility
}

/** Fails with `forbidden` where somebody who is known has a lower role. */
export function requireRole(principal: Principal, role: Role): void {
  if (hasRole(principal, role)) return
  throw new ReelmillError(
    'forbidden',
    `That needs the role ${role}, and this has ${principal.role}.`,
  )
}

/** Fails with `forbidden` where a key is limited to other things; null: to anything at all. */
export function requireScope(principal: Principal, scope: Scope | null): void {
  if (hasScope(principal, scope)) return
  const what = scope === null ? 'without limits' : `with the scope ${scope}`
  throw new ReelmillError('forbidden', `That needs a key ${what}.`)
}

/** Whether the principal may do what the scope names, as far as scopes decide. */
export function hasScope({ scopes }: Principal, scope: Scope | null): boolean {
  return scopes === null || (scope !== null && scopes.includes(scope))
}

/** Whether a video may be seen: a public one by everybody, a private one by its owner and operators. */
export function isVisible(principal: Principal | null, video: Owned): boolean {
  if (video.visibility === 'public') return true
  return principal !== null && (hasRole(principal, 'operator') || isOwner(principal, video))
}

/** Whether a video may be changed and deleted: by operators, and by its owner as an uploader. */
export function isChangeable(principal: Principal, video: Owned): boolean {
  if (hasRole(principal, 'operator')) return true
  return hasRole(principal, 'uploader') && isOwner(principal, video)
}

/**
 * Fails with `video_not_found` where somebody (null: a stranger) may not see a video: that it exists
 * is part of what is private, so it is not there rather than forbidden.
 */
export function requireVisible(principal: Principal | null, video: Owned): void {
  if (!isVisible(principal, video)) throw new ReelmillError('video_not_found')
}

/**
 * Fails with `forbidden` where somebody may see a video but not change it, with `video_not_found`
 * where they may not even see it.
 */
export function requireChangeable(principal: Principal, video: Owned): void {
  requireVisible(principal, video)
  if (isChangeable(principal, video)) return
  throw new ReelmillError('forbidden', 'Only its owner and operators may change this video.')
}

function isOwner({ userId }: Principal, { ownerId }: Owned): boolean {
  return userId !== null && userId === ownerId
}
