import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { VideoView } from '#videos/video-view.ts'

/** The header of changes. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(Type.String({ maxLength: 1000, description: 'The ETag of the video' })),
})

export const ifMatchSentence =
  'With `If-Match`, only if nobody changed the video since it had that ETag; progress changes nothing of that.'

/**
 * A video's entity tag: the revision, which people's changes raise, and a hash of all that is shown.
 * `If-None-Match` compares the whole; `If-Match` the revision alone, so that an editor's change is not
 * refused because encoding went on (RFC 9110, 8.8.3 and 13.1.1).
 */
export function etagOf(video: VideoView): string {
  const hash = createHash('sha256').update(JSON.stringify(video)).digest('base64url')
  return `"${video.revision}-${hash.slice(0, 16)}"`
}

/** Answers with a video and its entity tag. */
export function sendVideo(reply: FastifyReply, video: VideoView): VideoView {
  reply.header('etag', etagOf(video))
  return video
}

/**
 * The revision that a change is made for; null where it does not matter.
 *
 * @throws ReelmillError `precondition_failed` for what is no tag of ours.
 */
export function readIfMatch({ headers }: FastifyRequest): number | null {
  const header = headers['if-match']?.trim()
  if (header === undefined || header === '*') return null
  const [, revision] = /^(?:W\/)?"(\d{1,9})-[\w-]{16}"$/.exec(header) ?? []
  if (revision === undefined) {
    throw new ReelmillError('precondition_failed', 'If-Match is not the ETag of this video.')
  }
  return Number(revision)
}
