import type { Parts } from '#flow/parts.ts'
import { getProfile, listProfiles } from '#flow/profiles/list-profiles.ts'
import { toVersionView } from '#flow/profiles/profile-view.ts'
import { deleteProfile, saveProfile } from '#flow/profiles/save-profile.ts'
import { listVersions } from '#profiles/stored-profile.ts'
import { openLocalPlace, withParts } from './local-place.ts'
import { nameUser } from './name-user.ts'
import type { ProfileDesk } from './profile-desk.ts'

/** The profiles of this machine's own data, whether or not a server is running. */
export async function openLocalProfileDesk(): Promise<ProfileDesk> {
  const place = await openLocalPlace()
  const use = <T>(run: (parts: Parts) => Promise<T>): Promise<T> => withParts(place, run)
  return {
    list: () => use(listProfiles),
    get: (name) => use((parts) => getProfile(parts, name)),
    versions: async (name) => (await listVersions(place.opened.database, name)).map(toVersionView),
    save: (name, { profile, note = null }) =>
      use((parts) =>
        saveProfile(parts, {
          ...{ name, profile, note },
          createdBy: `command line of ${nameUser()}`,
          expected: null,
        }),
      ),
    delete: (name) => use((parts) => deleteProfile(parts, name, null)),
    close: place.opened.close,
  }
}
