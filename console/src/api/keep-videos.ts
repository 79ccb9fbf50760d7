import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { ReelmillProblem, type Video } from '#client/index.ts'

/** What keeps the videos that were read as live events tell them. */
export interface KeptVideos {
  /** Puts a video in the place of what was read of it; tells what has to be read again. */
  readonly keep: (video: Video) => readonly QueryKey[]
  /** Shows whoever looks at a video that it is gone. */
  readonly forget: (id: string) => void
}

/** Begins with nothing told: one for each connection. */
export function keepVideos(queries: QueryClient): KeptVideos {
  const told = new Map<string, string>()
  return {
    keep: (video) => {
      const before = told.get(video.id) ?? marksInLists(queries, video.id)
      const marks = marksOf(video)
      told.set(video.id, marks)
      const outdated = before === marks ? [] : findOutdated(queries, video.id, before)
      queries.setQueryData(['video', video.id], video)
      replaceInLists(queries, video)
      return outdated
    },
    forget: (id) => {
      told.delete(id)
      for (const query of queries.getQueryCache().findAll({ queryKey: ['video', id] })) {
        // Not asked for again: the answer is known, and would stand in the browser's console as an error.
        query.setState({
          ...query.resetState,
          status: 'error',
          error: new ReelmillProblem(404, null),
        })
      }
    },
  }
}

/** What brings a video into a list or out of it. Progress is none of it: it comes twice a second. */
function marksOf({ state, visibility, name }: Video): string {
  return JSON.stringify([state, visibility, name])
}

/** As the lists on the screen have it; others may be of long ago. */
function marksInLists(queries: QueryClient, id: string): string | undefined {
  const listed = queries
    .getQueryCache()
    .findAll({ queryKey: ['videos'], type: 'active' })
    .flatMap(({ state }) => videosIn(state.data))
    .find((video) => video.id === id)
  return listed && marksOf(listed)
}

/**
 * A video that nobody knew may be in any list. Where one changed, it may come into lists that choose
 * or go from them; and an answer that is under way may be older than what was told.
 */
function findOutdated(
  queries: QueryClient,
  id: string,
  before: string | undefined,
): readonly QueryKey[] {
  const cache = queries.getQueryCache()
  const isUnderWay = { fetchStatus: 'fetching' } as const
  const one = cache.findAll({ queryKey: ['video', id], ...isUnderWay })
  const lists =
    before === undefined
      ? []
      : cache
          .findAll({ queryKey: ['videos'] })
          .filter(({ queryKey, state }) => chooses(queryKey) || state.fetchStatus === 'fetching')
  const keys = [...one, ...lists].map(({ queryKey }) => queryKey)
  return before === undefined ? [...keys, ['videos']] : keys
}

/** Whether a list, by its key, leaves anything out or is in the order of names. */
export function chooses([, , asked]: QueryKey): boolean {
  if (typeof asked !== 'object' || asked === null) return true
  return Object.entries(asked).some(([name, value]) =>
    name === 'sort' ? String(value).endsWith('name') : value !== '' && value !== false,
  )
}

function replaceInLists(queries: QueryClient, video: Video): void {
  for (const query of queries.getQueryCache().findAll({ queryKey: ['videos'] })) {
    const data = replaceIn(query.state.data, video)
    // Not setQueryData, after which a list would count as just read.
    if (data !== query.state.data) query.setState({ data })
  }
}

/** A page of videos, or an infinite list of pages, with one video renewed; the same where it is not there. */
function replaceIn(kept: unknown, video: Video): unknown {
  if (!videosIn(kept).some(({ id }) => id === video.id)) return kept
  const { pages, videos } = kept as { readonly pages?: unknown[]; readonly videos?: Video[] }
  if (pages) return { ...(kept as object), pages: pages.map((page) => replaceIn(page, video)) }
  return {
    ...(kept as object),
    videos: videos?.map((each) => (each.id === video.id ? video : each)),
  }
}

function videosIn(kept: unknown): readonly Video[] {
  if (kept === null || typeof kept !== 'object') return []
  if ('pages' in kept && Array.isArray(kept.pages)) return kept.pages.flatMap(videosIn)
  return 'videos' in kept && Array.isArray(kept.videos) ? (kept.videos as Video[]) : []
}
