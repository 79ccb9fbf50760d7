import type { Principal } from '#people/principal.ts'
import { isChangeable } from '#people/rights.ts'
import type { VideoView } from '#videos/video-view.ts'

/**
 * The video as somebody sees it: what an application or its owner noted down is for those alone who
 * may change it, and where its events go is nobody else's business.
 */
export function presentVideo(principal: Principal | null, video: VideoView): VideoView {
  if (principal !== null && isChangeable(principal, video)) return video
  return { ...video, metadata: {}, webhookUrl: null, externalId: null }
}
