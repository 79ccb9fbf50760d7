import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { ReelmillError } from '#errors/reelmill-error.ts'
import {
  chunkProfileSchema,
  isWholeFileProfile,
  type Profile,
  wholeFileProfileSchema,
} from './profile.ts'

const chunkProfile = Compile(chunkProfileSchema)
const wholeFileProfile = Compile(wholeFileProfileSchema)

/**
 * Reads a profile by its name from the first folder that has it. Read anew each time, so that an
 * operator's edit holds for the next video.
 *
 * @throws ReelmillError `profile_not_found`, or `profile_invalid` saying what is wrong.
 */
export async function readProfile(folders: readonly string[], name: string): Promise<Profile> {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) throw notFound(name)
  for (const folder of folders) {
    const text = await readIfThere(join(folder, `${name}.json`))
    if (text !== null) return parseProfile(text, name)
  }
  throw notFound(name)
}

/** Parses the text of a profile; `name` is what its file is called. */
export function parseProfile(text: string, name: string): Profile {
  const value = parseJson(text, name)
  const isOfWholeFiles = typeof value === 'object' && value !== null && 'wholeFiles' in value
  // Asked by one schema alone, so that what is said of a mistake is of the kind that was meant.
  const validator = isOfWholeFiles ? wholeFileProfile : chunkProfile
  if (validator.Check(value)) return requireFiles(value)
  const problems = validator
    .Errors(value)
    .map((error) => `${error.instancePath || '/'} ${error.message}`)
  throw invalid(name, problems)
}

/** Refuses whole files of neither kind: nothing could be watched. */
function requireFiles(profile: Profile): Profile {
  if (!isWholeFileProfile(profile)) return profile
  const { hls = true, webVideos = false } = profile.wholeFiles
  if (hls || webVideos) return profile
  throw invalid(profile.name, ['/wholeFiles must make HLS or web videos'])
}

function invalid(name: string, problems: readonly string[]): ReelmillError {
  return new ReelmillError(
    'profile_invalid',
    `The profile "${name}" is not valid: ${problems[0]}.`,
    { details: { profile: name, problems } },
  )
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ReelmillError('profile_invalid', `The profile "${name}" is not JSON.`, { cause })
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function notFound(name: string): ReelmillError {
  return new ReelmillError('profile_not_found', `There is no profile "${name}".`)
}
