import { catalogue, type ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { VideoPage } from '#videos/list.ts'
import type { VideoView } from '#videos/video-view.ts'
import type { ListRequest, VideoDesk } from './desk.ts'

/** As many as a server gives at once. */
const pageSize = 100

/** The videos of a server, through its API. */
export function openServerDesk(server: string, key: string | null): VideoDesk {
  const base = `${server.replace(/\/+$/, '')}/api/v1/videos`
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}

  async function call<T>(method: string, path: string): Promise<T> {
    const response = await send(`${base}${path}`, { method, headers })
    if (!response.ok) throw await toError(response)
    // What our own server sends; 204 sends nothing, and nothing is expected then.
    return (response.status === 204 ? undefined : await response.json()) as T
  }
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

async function send(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options)
  } catch (cause) {
    const { origin } = new URL(url)
    throw new ReelmillError('server_unreachable', `No server answers at ${origin}.`, { cause })
  }
}

/** The server's problem as the error that it was there. */
async function toError(response: Response): Promise<ReelmillError> {
  const text = await response.text()
  const { code, detail } = parseProblem(text)
  if (code !== undefined && code in catalogue) return new ReelmillError(code as ErrorCode, detail)
  return new ReelmillError('internal', `The server answered ${response.status}.`, {
    details: { body: text.slice(0, 500) },
  })
}

function parseProblem(text: string): { readonly code?: string; readonly detail?: string } {
  try {
    return JSON.parse(text) as { code?: string; detail?: string }
  } catch {
    // A proxy's page rather than our server's answer; its status is all there is to tell.
    return {}
  }
}
