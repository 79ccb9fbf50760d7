import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StoredProfile } from '#profiles/stored-profile.ts'
import type { FieldProblem } from '#stages/planning/field-problems.ts'
import { parseProfile } from '#stages/planning/read-profile.ts'
import type { ProfileOrigin, ProfileText } from './find-profile.ts'
import { findMissingEncoders } from './missing-encoders.ts'

/** A profile that can be chosen, as the API shows it. */
export interface ProfileView {
  readonly name: string
  readonly description: string | null
  readonly origin: ProfileOrigin
  /** Where else there is one of that name, which does not hold because of this. */
  readonly hides: readonly ProfileOrigin[]
  /** Of one that was saved; null of a file. */
  readonly version: number | null
  readonly note: string | null
  readonly createdBy: string | null
  /** ISO 8601. */
  readonly createdAt: string | null
  /** What it says; null of a file that is no JSON. */
  readonly profile: Readonly<Record<string, unknown>> | null
  /** Why it cannot be used: mistakes of a file, encoders that no runner has. */
  readonly problems: readonly FieldProblem[]
  readonly missingEncoders: readonly string[]
  /** How many have it. */
  readonly videos: number
}

/** A version of a profile that was saved, as the API shows it. */
export interface ProfileVersionView {
  readonly version: number
  readonly profile: Readonly<Record<string, unknown>>
  readonly note: string | null
  readonly createdBy: string | null
  readonly createdAt: string
  /** When the profile was deleted with it; null of others. */
  readonly retiredAt: string | null
}

interface Surroundings {
  readonly hides: readonly ProfileOrigin[]
  /** What runners have. */
  readonly encoders: ReadonlySet<string>
  readonly videos: number
}

/** The text of a profile as people see it, right or wrong. */
export function toProfileView(
  { name, origin, text, stored }: ProfileText,
  { hides, encoders, videos }: Surroundings,
): ProfileView {
  const profile = readObject(text)
  const description = profile?.['description']
  return {
    name,
    description: typeof description === 'string' ? description : null,
    origin,
    hides,
    version: stored?.version ?? null,
    note: stored?.note ?? null,
    createdBy: stored?.createdBy ?? null,
    createdAt: stored?.createdAt.toISOString() ?? null,
    profile,
    ...judge(text, name, encoders),
    videos,
  }
}

/** A saved version as people see it. */
export function toVersionView(stored: StoredProfile): ProfileVersionView {
  const { version, body, note, createdBy, createdAt, retiredAt } = stored
  return {
    version,
    profile: readObject(body) ?? {},
    note,
    createdBy,
    createdAt: createdAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
  }
}

function judge(
  text: string,
  name: string,
  encoders: ReadonlySet<string>,
): Pick<ProfileView, 'problems' | 'missingEncoders'> {
  try {
    const profile = parseProfile(text, name)
    return { problems: [], missingEncoders: findMissingEncoders(profile, encoders) }
  } catch (error) {
    return { problems: problemsOf(error), missingEncoders: [] }
  }
}

/** What is wrong with a profile, from the error that says so; any other error is thrown on. */
export function problemsOf(error: unknown): readonly FieldProblem[] {
  if (!(error instanceof ReelmillError) || error.code !== 'profile_invalid') throw error
  // Sound: read-profile.ts and save-profile.ts write them.
  const problems = error.details['problems'] as FieldProblem[] | undefined
  return problems ?? [{ field: '', message: error.message }]
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null
  } catch {
    // An operator's file may be anything; `judge` says what is wrong with it.
    return null
  }
}
