import { readCapabilities } from '#media/ffmpeg/capabilities.ts'
import { encoderOf } from '#stages/planning/encoder.ts'
import { isWholeFileProfile, type Profile } from '#stages/planning/profile.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'

/**
 * The encoders that a profile needs and no runner has, by ffmpeg's names. None where no runner has
 * come yet, for any may come; and none of whole files, which are worked by whoever knows the type of
 * job: which encoders it has, nobody tells.
 */
export function findMissingEncoders(profile: Profile, available: ReadonlySet<string>): string[] {
  if (isWholeFileProfile(profile) || available.size === 0) return []
  return [...new Set(profile.video.map(encoderOf))].filter((each) => !available.has(each))
}

/** Every encoder that some runner has told of, and this machine's when it has local runners. */
export async function listEncoders(parts: Parts): Promise<ReadonlySet<string>> {
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
