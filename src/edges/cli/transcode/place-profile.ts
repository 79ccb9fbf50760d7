import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { parseProfile } from '#stages/planning/read-profile.ts'

/**
 * Makes a profile from a file one of the server that will work in `dataDir`, and returns its name;
 * a plain name is returned as it is.
 *
 * @throws ReelmillError `profile_not_found`, `profile_invalid`.
 */
export async function placeProfile(nameOrFile: string, dataDir: string): Promise<string> {
  if (!nameOrFile.includes('/') && !nameOrFile.endsWith('.json')) return nameOrFile
  const text = await readFile(nameOrFile, 'utf8').catch((cause: unknown) => {
    throw new ReelmillError('profile_not_found', `There is no file ${nameOrFile}.`, { cause })
  })
  const { name } = parseProfile(text, basename(nameOrFile, '.json'))
  const folder = join(dataDir, 'profiles')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.json`), text)
  return name
}
