import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { shippedProfiles } from '#flow/profiles/find-profile.ts'
import { isWholeFileProfile, type Profile } from '#stages/planning/profile.ts'
import { parseProfile, readProfile } from '#stages/planning/read-profile.ts'

/**
 * What a profile leaves open is settled for one video alone: nobody plays it before the end, and no
 * other waits for the runners.
 */
const alone = { playableEarly: false, chunkSecondsMax: 600 }

/**
 * Makes a profile, by its name or the file that holds it, one of the server that will work in
 * `dataDir`, and returns its name.
 *
 * @throws ReelmillError `profile_not_found`, `profile_invalid`.
 */
export async function placeProfile(nameOrFile: string, dataDir: string): Promise<string> {
  const profile = isFile(nameOrFile)
    ? await readProfileFile(nameOrFile)
    : await readProfile([shippedProfiles], nameOrFile)
  const settled = isWholeFileProfile(profile) ? profile : { ...alone, ...profile }
  const folder = join(dataDir, 'profiles')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${profile.name}.json`), JSON.stringify(settled))
  return profile.name
}

function isFile(nameOrFile: string): boolean {
  return nameOrFile.includes('/') || nameOrFile.endsWith('.json')
}

async function readProfileFile(path: string): Promise<Profile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ReelmillError('profile_not_found', `There is no file ${path}.`, { cause })
  })
  return parseProfile(text, basename(path, '.json'))
}
