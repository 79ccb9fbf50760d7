import { readdir } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { countVideos, listStored } from '#profiles/stored-profile.ts'
import { profileName, readProfileText } from '#stages/planning/read-profile.ts'
import type { Parts } from '../parts.ts'
import { type ProfileText, profileFolders, toText } from './find-profile.ts'
import { listEncoders } from './missing-encoders.ts'
import { type ProfileView, toProfileView } from './profile-view.ts'

/** All profiles that can be chosen, by their names, with where each comes from. */
export async function listProfiles(parts: Parts): Promise<ProfileView[]> {
  const [texts, encoders, videos] = await Promise.all([
    listTexts(parts),
    listEncoders(parts),
    countVideos(parts.database),
  ])
  const byName = Map.groupBy(texts, ({ name }) => name)
  return [...byName.values()]
    .flatMap(([holds, ...hidden]) => {
      const hides = hidden.map(({ origin }) => origin)
      const count = videos.get(holds?.name ?? '') ?? 0
      return holds ? [toProfileView(holds, { hides, encoders, videos: count })] : []
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

/**
 * The profile of that name that holds.
 *
 * @throws ReelmillError `profile_unknown`.
 */
export async function getProfile(parts: Parts, name: string): Promise<ProfileView> {
  const found = (await listProfiles(parts)).find((profile) => profile.name === name)
  if (!found) throw new ReelmillError('profile_unknown')
  return found
}

/** All there are, those that win first. */
async function listTexts(parts: Parts): Promise<ProfileText[]> {
  const stored = (await listStored(parts.database)).map(toText)
  const files = await Promise.all(profileFolders(parts).map(readFolder))
  return [...stored, ...files.flat()]
}

async function readFolder({
  origin,
  path,
}: ReturnType<typeof profileFolders>[number]): Promise<ProfileText[]> {
  const names = await readdir(path).catch(toNoFolder)
  const own = names.flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? [])
  const texts = own
    .filter((name) => profileName.test(name))
    .map(async (name) => {
      const text = await readProfileText(path, name)
      return text === null ? [] : [{ name, origin, text, stored: null }]
    })
  return (await Promise.all(texts)).flat()
}

/** Most installations have no folder of their own. */
function toNoFolder(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}
