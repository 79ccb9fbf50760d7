import { ReelmillError } from '#errors/reelmill-error.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id when it can be one; anything else is no video of ours. Fails with `video_not_found`. */
export function checkVideoId(id: string): string {
  if (uuid.test(id)) return id
  throw new ReelmillError('video_not_found')
}
