import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { checkProfile } from './check-profile.ts'
import { type FieldProblem, toFieldProblems } from './field-problems.ts'
import { chunkProfileSchema, type Profile, wholeFileProfileSchema } from './profile.ts'

const chunkProfile = Compile(chunkProfileSchema)
const wholeFileProfile = Compile(wholeFileProfileSchema)

/** What profiles are called. */
export const profileName = /^[a-z0-9][a-z0-9-]{0,63}$/

/**
 * Reads a profile by its name from the first folder that has it. Read anew each time, so that an
 * operator's edit holds for the next video.
 *
 * @throws ReelmillError `profile_not_found`, or `profile_invalid` saying what is wrong.
 */
export async function readProfile(folders: readonly string[], name: string): Promise<Profile> {
  if (!profileName.test(name)) throw profileNotFound(name)
  for (const folder of folders) {
    const text = await readProfileText(folder, name)
    if (text !== null) return parseProfile(text, name)
  }
  throw profileNotFound(name)
}

/** What the file of a profile holds; null where the folder has none of that name. */
export async function readProfileText(folder: string, name: string): Promise<string | null> {
  try {
    return await readFile(join(folder, `${name}.json`), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Parses the text of a profile; `name` is what its file is called. */
export function parseProfile(text: string, name: string): Profile {
  return validateProfile(parseJson(text, name), name)
}

/**
 * The value as a profile, where it is one.
 *
 * @throws ReelmillError `profile_invalid`, with every field that is wrong in `problems`.
 */
export function validateProfile(value: unknown, name: string): Profile {
  const isOfWholeFiles = typeof value === 'object' && value !== null && 'wholeFiles' in value
  // Asked by one schema alone, so that what is said of a mistake is of the kind that was meant.
  const validator = isOfWholeFiles ? wholeFileProfile : chunkProfile
  if (!validator.Check(value)) throw invalid(name, toFieldProblems(validator.Errors(value)))
  const problems = checkProfile(value)
  if (problems.length > 0) throw invalid(name, problems)
  return value
}

/** There is no profile of that name. */
export function profileNotFound(name: string): ReelmillError {
  return new ReelmillError('profile_not_found', `There is no profile "${name}".`)
}

function invalid(name: string, problems: readonly FieldProblem[]): ReelmillError {
  const [{ field, message } = { field: '', message: 'must be a profile' }] = problems
  return new ReelmillError(
    'profile_invalid',
    `The profile "${name}" is not valid: ${field || 'it'} ${message}.`,
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
