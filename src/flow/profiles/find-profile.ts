import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findStored, type StoredProfile } from '#profiles/stored-profile.ts'
import type { Profile } from '#stages/planning/profile.ts'
import {
  parseProfile,
  profileName,
  profileNotFound,
  readProfileText,
} from '#stages/planning/read-profile.ts'
import type { Parts } from '../parts.ts'

/** Where a profile comes from: saved in the database, DATA_DIR/profiles, or Reelmill itself. */
export type ProfileOrigin = 'stored' | 'folder' | 'shipped'

/** The text of a profile, and where it comes from. */
export interface ProfileText {
  readonly name: string
  readonly origin: ProfileOrigin
  /** JSON; of a file, whatever it holds. */
  readonly text: string
  /** null of a file. */
  readonly stored: StoredProfile | null
}

interface Folder {
  readonly origin: ProfileOrigin
  readonly path: string
}

/** The folder of those that come with Reelmill. */
export const shippedProfiles = fileURLToPath(new URL('../../../profiles', import.meta.url))

/** The folders with profiles, the one that wins first. */
export function profileFolders({ config }: Pick<Parts, 'config'>): readonly Folder[] {
  return [
    { origin: 'folder', path: join(config.dataDir, 'profiles') },
    { origin: 'shipped', path: shippedProfiles },
  ]
}

/**
 * The profile of that name that holds: what was saved last, for it is the latest word of somebody
 * who could see the files; else the operator's file; else the one that comes with Reelmill. Read anew
 * each time, so that a change holds for the next video.
 *
 * @throws ReelmillError `profile_not_found`.
 */
export async function findProfileText(
  parts: Pick<Parts, 'config' | 'database'>,
  name: string,
  options: { readonly evenRetired?: boolean } = {},
): Promise<ProfileText> {
  if (!profileName.test(name)) throw profileNotFound(name)
  const stored = await findStored(parts.database, name)
  if (stored) return toText(stored)
  for (const { origin, path } of profileFolders(parts)) {
    const text = await readProfileText(path, name)
    if (text !== null) return { name, origin, text, stored: null }
  }
  const retired = options.evenRetired
    ? await findStored(parts.database, name, { evenRetired: true })
    : null
  if (retired) return toText(retired)
  throw profileNotFound(name)
}

/**
 * The same, as a profile.
 *
 * @throws ReelmillError `profile_not_found`; `profile_invalid` of a file that is wrong.
 */
export async function findProfile(
  parts: Pick<Parts, 'config' | 'database'>,
  name: string,
  options: { readonly evenRetired?: boolean } = {},
): Promise<Profile> {
  return parseProfile((await findProfileText(parts, name, options)).text, name)
}

/** A saved version as the text that it is. */
export function toText(stored: StoredProfile): ProfileText {
  return { name: stored.name, origin: 'stored', text: stored.body, stored }
}
