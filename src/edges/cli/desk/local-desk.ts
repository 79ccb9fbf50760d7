import { ReelmillError } from '#errors/reelmill-error.ts'
import { cancelVideo } from '#flow/cancel-video.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import type { Parts } from '#flow/parts.ts'
import { retryVideo } from '#flow/retry-video.ts'
import { baseUrlOf } from '#videos/base-url.ts'
import { checkVideoId } from '#videos/check-id.ts'
import { getVideo } from '#videos/get.ts'
import { listVideos } from '#videos/list.ts'
import type { VideoView } from '#videos/video-view.ts'
import type { VideoDesk } from './desk.ts'
import { openLocalPlace, withParts } from './local-place.ts'

type Change = (parts: Parts, id: string) => Promise<void>

/**
 * The videos of this machine's own data, whether or not a server is running. What a change sets off
 * (files to remove, steps to repeat) is done by the server, now or when it starts.
 */
export async function openLocalDesk(): Promise<VideoDesk> {
  const place = await openLocalPlace()
  const { database } = place.opened
  const baseUrl = baseUrlOf(place.config)

  async function get(id: string): Promise<VideoView> {
    const video = await getVideo(database, checkVideoId(id), baseUrl)
    if (!video) throw new ReelmillError('video_not_found')
    return video
  }
  const change = (id: string, move: Change): Promise<void> =>
    withParts(place, (parts) => move(parts, checkVideoId(id)))

  return {
    list: async ({ state, limit }) => {
      const states = state ? [state] : undefined
      return (await listVideos(database, { states, limit, baseUrl })).videos
    },
    get,
    delete: (id) => change(id, deleteVideo),
    cancel: async (id) => {
      await change(id, cancelVideo)
      return get(id)
    },
    retry: async (id) => {
      await change(id, retryVideo)
      return get(id)
    },
    close: place.opened.close,
  }
}
