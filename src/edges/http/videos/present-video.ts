import type { Site } from '#config/site-settings.ts'
import type { Principal } from '#people/principal.ts'
import { isChangeable } from '#people/rights.ts'
import { toSpectatorView, toStrangerView } from '#videos/to-spectator-view.ts'
import type { VideoView } from '#videos/video-view.ts'

/**
 * The video as somebody (null: a stranger) sees it: all of it for those who may change it, for
 * others what a spectator needs.
 */
export function presentVideo(
  principal: Principal | null,
  video: VideoView,
  { site }: { readonly site: Site },
): VideoView {
  if (principal === null) return toStrangerView(video, site)
  return isChangeable(principal, video) ? video : toSpectatorView(video)
}
