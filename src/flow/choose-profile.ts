import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { readCapabilities } from '#media/ffmpeg/capabilities.ts'
import { encoderOf } from '#stages/planning/encoder.ts'
import { isWholeFileProfile, type Profile } from '#stages/planning/profile.ts'
import { readProfile } from '#stages/planning/read-profile.ts'
import type { Parts } from './parts.ts'
import { programsOf } from './programs.ts'

const shippedProfiles = fileURLToPath(new URL('../../profiles', import.meta.url))

/**
 * The profile of that name, from the operator's folder (DATA_DIR/profiles) or those that come with
 * Reelmill. Refuses one whose encoders no runner has, by their names, before anything is stored.
 */
export async function chooseProfile(parts: Parts, name: string): Promise<Profile> {
  const folders = [join(parts.config.dataDir, 'profiles'), shippedProfiles]
  const profile = await readProfile(folders, name)
  // Whole files are worked by whoever knows the type of job: which encoders it has, nobody tells.
  if (isWholeFileProfile(profile)) return profile
  const available = await listEncoders(parts)
  // Where no runner has come yet, any may come.
  if (available.size === 0) return profile
  const missing = [...new Set(profile.video.map(encoderOf))].filter((each) => !available.has(each))
  if (missing.length > 0) {
    throw new ReelmillError(
      'encoder_missing',
      `The profile "${name}" needs ${missing.join(' and ')}, which no runner here has.`,
      { details: { profile: name, encoders: missing } },
    )
  }
  return profile
}

/** Every encoder that some runner has told of, and this machine's when it has local runners. */
async function listEncoders(parts: Parts): Promise<Set<string>> {
  const rows = await parts.database
    .selectFrom('runners')
    .select('encoders')
    .where('encoders', 'is not', null)
    .execute()
  const told = rows.flatMap((row) => row.encoders ?? [])
  if (parts.config.runners === 0) return new Set(told)
  const { encoders } = await readCapabilities(programsOf(parts))
  return new Set([...told, ...encoders])
}
