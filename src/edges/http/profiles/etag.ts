import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ProfileView } from '#flow/profiles/profile-view.ts'

/** The header of changes. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({ maxLength: 1000, description: 'The ETag of the profile' }),
  ),
})

/** Answers with a profile and its entity tag: the version that holds, 0 for a file. */
export function sendProfile(reply: FastifyReply, profile: ProfileView): ProfileView {
  reply.header('etag', `"${profile.version ?? 0}"`)
  return profile
}

/**
 * The version that a change was made from, 0 for a file; null where it does not matter.
 *
 * @throws ReelmillError `precondition_failed` for what is no tag of ours.
 */
export function readExpected({ headers }: FastifyRequest): number | null {
  const header = headers['if-match']?.trim()
  if (header === undefined || header === '*') return null
  const [, version] = /^(?:W\/)?"(\d{1,9})"$/.exec(header) ?? []
  if (version !== undefined) return Number(version)
  throw new ReelmillError('precondition_failed', 'If-Match is not the ETag of this profile.')
}
