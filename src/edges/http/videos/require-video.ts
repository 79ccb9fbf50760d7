import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { baseUrlOf } from '#videos/base-url.ts'
import { getVideo } from '#videos/get.ts'
import type { VideoView } from '#videos/video-view.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id when it can be one; anything else is no video of ours. Fails with `video_not_found`. */
export function checkVideoId(id: string): string {
  if (uuid.test(id)) return id
  throw new ReelmillError('video_not_found')
}

/** The video as people see it. Fails with `video_not_found`. */
export async function requireVideo(parts: Parts, id: string): Promise<VideoView> {
  const video = await getVideo(parts.database, checkVideoId(id), baseUrlOf(parts.config))
  if (!video) throw new ReelmillError('video_not_found')
  return video
}
