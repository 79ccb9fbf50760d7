import createClient, { type Client } from 'openapi-fetch'
import { readProblem } from './problem.ts'
import type { components, paths } from './schema.ts'
import { type Milestone, waitFor } from './wait-for.ts'

/** A video as the API shows it. */
export type Video = components['schemas']['Video']

type NewVideo = paths['/api/v1/videos']['post']['requestBody']['content']['application/json']
type ListQuery = NonNullable<paths['/api/v1/videos']['get']['parameters']['query']>
type State = Video['state']

/** As the API takes it, or with one state alone. */
type VideosQuery = Omit<ListQuery, 'state'> & { readonly state?: State | State[] }

export interface ClientOptions {
  /** Where the server is reached; "" in a page of the same origin. */
  readonly baseUrl: string
  /** An API key; without one the session's cookie is sent, or nothing. */
  readonly key?: string | undefined
  /** Instead of the platform's own. */
  readonly fetch?: typeof fetch | undefined
}

/**
 * The API with its types: `GET`, `POST`, … by path, whose `data` is there whenever they return, since
 * what the server refuses is thrown as a ReelmillProblem, though its type does not know; and what takes more than one call.
 */
export interface ReelmillClient extends Client<paths> {
  /** Makes a video of an address, an object or a file; or one that waits for its upload. */
  createVideo(video: NewVideo): Promise<Video>
  /** A video; a ReelmillProblem of 404 when there is none. */
  video(id: string): Promise<Video>
  /** Every video that fits, page by page, from the newest. */
  videos(query?: VideosQuery): AsyncIterable<Video>
  /** Waits until a video has come so far. Throws VideoEnded when it will not. */
  waitFor(id: string, milestone: Milestone, signal?: AbortSignal): Promise<Video>
}

/** Makes a client of a server; it works wherever fetch does. */
export function createReelmillClient(options: ClientOptions): ReelmillClient {
  const { baseUrl, key, fetch: ownFetch } = options
  const call = ownFetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args))
  const headers: Record<string, string> =
    key === undefined ? {} : { authorization: `Bearer ${key}` }
  const client = createClient<paths>({ baseUrl, headers, fetch: call })
  client.use({
    onResponse: async ({ response }) => {
      if (!response.ok) throw await readProblem(response)
    },
  })

  const createVideo = async (body: NewVideo): Promise<Video> => {
    const { data } = await client.POST('/api/v1/videos', { body })
    // Sound: what is no success was thrown; so below.
    return data as Video
  }

  const get = async (id: string): Promise<Video> => {
    const { data } = await client.GET('/api/v1/videos/{id}', { params: { path: { id } } })
    return data as Video
  }

  async function* videos({ state, ...others }: VideosQuery = {}): AsyncGenerator<Video> {
    const query: ListQuery = state === undefined ? others : { ...others, state: [state].flat() }
    let cursor = query.cursor
    do {
      const page = { ...query, ...(cursor === undefined ? {} : { cursor }) }
      const { data } = await client.GET('/api/v1/videos', { params: { query: page } })
      yield* data?.videos ?? []
      cursor = data?.next ?? undefined
    } while (cursor !== undefined)
  }

  return Object.assign(client, {
    createVideo,
    video: get,
    videos,
    waitFor: (id: string, milestone: Milestone, signal = new AbortController().signal) => {
      const address = `${baseUrl.replace(/\/$/, '')}/api/v1/videos/${encodeURIComponent(id)}/events`
      const events = (end: AbortSignal) => call(address, { headers, signal: end })
      return waitFor({ get: () => get(id), events }, milestone, signal)
    },
  })
}
