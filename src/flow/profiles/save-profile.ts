import { ReelmillError } from '#errors/reelmill-error.ts'
import { retireProfile, saveVersion } from '#profiles/save-version.ts'
import type { FieldProblem } from '#stages/planning/field-problems.ts'
import { profileName, validateProfile } from '#stages/planning/read-profile.ts'
import type { Parts } from '../parts.ts'
import { getProfile } from './list-profiles.ts'
import type { ProfileView } from './profile-view.ts'

/** What somebody wants a profile to be. */
export interface ProfileEdit {
  readonly name: string
  /** Checked by the reader of files; its name may be left out. */
  readonly profile: Readonly<Record<string, unknown>>
  readonly note: string | null
  readonly createdBy: string | null
  /** The version that it was made from, 0 for that of a file; null: whatever holds. */
  readonly expected: number | null
}

/**
 * Saves a profile, which then holds for all that is planned from now on; what is planned already
 * keeps its plan. Encoders that no runner has are told in the answer, and refused when a video comes:
 * their runners may come first.
 *
 * @throws ReelmillError `profile_invalid`, `precondition_failed`.
 */
export async function saveProfile(parts: Parts, edit: ProfileEdit): Promise<ProfileView> {
  const { name, profile, note, createdBy, expected } = edit
  const body = JSON.stringify(checkEdit(name, profile), null, 2)
  await saveVersion(parts.database, { name, body, note, createdBy, expected })
  return getProfile(parts, name)
}

/**
 * The edit as a profile of that name.
 *
 * @throws ReelmillError `profile_invalid`, with every field that is wrong in `problems`.
 */
export function checkEdit(name: string, profile: Readonly<Record<string, unknown>>) {
  const named = profile['name'] === undefined ? { name, ...profile } : profile
  if (!profileName.test(name)) throw refuseName(name, 'must be lower case letters, digits and "-"')
  if (named['name'] !== name) throw refuseName(name, `must be "${name}", as in the address`)
  return validateProfile(named, name)
}

function refuseName(name: string, message: string): ReelmillError {
  const problems: FieldProblem[] = [{ field: '/name', message }]
  return new ReelmillError('profile_invalid', `The profile is not valid: /name ${message}.`, {
    details: { profile: name, problems },
  })
}

/**
 * Deletes what was saved of a profile: from now on the file of its name holds, where there is one.
 * Videos keep what they were planned with, and the profile for their next versions.
 *
 * @throws ReelmillError `profile_unknown`; `profile_is_a_file` of one that nobody saved;
 * `precondition_failed`.
 */
export async function deleteProfile(
  parts: Parts,
  name: string,
  expected: number | null,
): Promise<void> {
  if (await retireProfile(parts.database, name, expected)) return
  await getProfile(parts, name)
  throw new ReelmillError(
    'profile_is_a_file',
    `The profile "${name}" is a file: it goes when that is removed.`,
  )
}
