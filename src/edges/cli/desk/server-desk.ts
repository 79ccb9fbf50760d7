import type { VideoPage } from '#videos/list.ts'
import type { VideoView } from '#videos/video-view.ts'
import { createCaller } from './call-server.ts'
import type { ListRequest, VideoDesk } from './desk.ts'

/** As many as a server gives at once. */
const pageSize = 100

/** The videos of a server, through its API. */
export function openServerDesk(server: string, key: string | null): VideoDesk {
  const call = createCaller(`${server.replace(/\/+$/, '')}/api/v1/videos`, key)
  const one = (id: string): string => `/${encodeURIComponent(id)}`
  return {
    list: (request) => listAll(request, (query) => call<VideoPage>('GET', query)),
    get: (id) => call<VideoView>('GET', one(id)),
    delete: (id) => call<void>('DELETE', one(id)),
    cancel: (id) => call<VideoView>('POST', `${one(id)}/cancel`),
    retry: (id) => call<VideoView>('POST', `${one(id)}/retry`),
    close: async () => undefined,
  }
}

async function listAll(
  { state, limit }: ListRequest,
  getPage: (query: string) => Promise<VideoPage>,
): Promise<VideoView[]> {
  const videos: VideoView[] = []
  let next: string | null = ''
  while (next !== null && videos.length < limit) {
    const query = new URLSearchParams({ limit: String(Math.min(pageSize, limit - videos.length)) })
    if (state) query.set('state', state)
    if (next) query.set('cursor', next)
    const page: VideoPage = await getPage(`?${query.toString()}`)
    videos.push(...page.videos)
    next = page.next
  }
  return videos
}
