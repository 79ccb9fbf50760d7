import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { getVideo } from '#videos/get.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import type { VideoView } from '#videos/video-view.ts'

/** Notifications are hints: it is looked this often without one. */
const lookEveryMs = 5_000

/**
 * Waits until a video is as wished.
 *
 * @param fits is asked at once, and after each change.
 * @throws ReelmillError `video_not_found`, also when it is deleted meanwhile; the signal's reason.
 */
export async function waitForVideo(
  parts: Parts,
  videoId: string,
  fits: (video: VideoView) => boolean,
  signal?: AbortSignal,
): Promise<VideoView> {
  for (;;) {
    signal?.throwIfAborted()
    const news = listenOnce(parts, videoId, signal)
    try {
      const video = await getVideo(parts.database, videoId, mediaOriginsOf(parts))
      if (!video) throw new ReelmillError('video_not_found')
      if (fits(video)) return video
      await news.told
    } finally {
      news.stop()
    }
  }
}

/** Listens before it is looked, so that nothing falls between the two. */
function listenOnce({ notifications }: Parts, videoId: string, signal?: AbortSignal) {
  const { promise: told, resolve } = Promise.withResolvers<void>()
  const forget = notifications.on('video', (data) => {
    if (data.videoId === null || data.videoId === videoId) resolve()
  })
  const timer = setTimeout(resolve, lookEveryMs)
  const onAbort = () => resolve()
  signal?.addEventListener('abort', onAbort)
  const stop = () => {
    signal?.removeEventListener('abort', onAbort)
    clearTimeout(timer)
    forget()
  }
  return { told, stop }
}
