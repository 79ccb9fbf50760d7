import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Profile } from '#stages/planning/profile.ts'
import type { Parts } from './parts.ts'
import { findProfile } from './profiles/find-profile.ts'
import { findMissingEncoders, listEncoders } from './profiles/missing-encoders.ts'

/**
 * The profile of that name that holds now. Refuses one whose encoders no runner has, by their names,
 * before anything is stored.
 *
 * @throws ReelmillError `profile_not_found`, `profile_invalid`, `encoder_missing`.
 */
export async function chooseProfile(parts: Parts, name: string): Promise<Profile> {
  return requireEncoders(parts, await findProfile(parts, name))
}

/**
 * The same for a video that has the profile: where it was deleted since, its last version holds.
 */
export async function chooseProfileOfVideo(parts: Parts, name: string): Promise<Profile> {
  return requireEncoders(parts, await findProfile(parts, name, { evenRetired: true }))
}

async function requireEncoders(parts: Parts, profile: Profile): Promise<Profile> {
  const missing = findMissingEncoders(profile, await listEncoders(parts))
  if (missing.length === 0) return profile
  throw new ReelmillError(
    'encoder_missing',
    `The profile "${profile.name}" needs ${missing.join(' and ')}, which no runner here has.`,
    { details: { profile: profile.name, encoders: missing } },
  )
}
