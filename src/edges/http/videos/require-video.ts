import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { baseUrlOf } from '#videos/base-url.ts'
import { checkVideoId } from '#videos/check-id.ts'
import { getVideo } from '#videos/get.ts'
import type { VideoView } from '#videos/video-view.ts'

/** The video as people see it. Fails with `video_not_found`. */
export async function requireVideo(parts: Parts, id: string): Promise<VideoView> {
  const video = await getVideo(parts.database, checkVideoId(id), baseUrlOf(parts.config))
  if (!video) throw new ReelmillError('video_not_found')
  return video
}
