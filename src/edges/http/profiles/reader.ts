import type { ProfileView } from '#flow/profiles/profile-view.ts'
import { hasRole, type Principal } from '#people/principal.ts'

/** A profile for whoever chooses one: who wrote it, and why, is for operators. */
export function forReader(principal: Principal, profile: ProfileView): ProfileView {
  if (hasRole(principal, 'operator')) return profile
  return { ...profile, note: null, createdBy: null, createdAt: null, videos: 0 }
}
