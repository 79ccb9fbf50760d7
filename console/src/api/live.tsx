import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Video } from './client.ts'
import { addressOf } from './root.ts'

/** How the live connection is; `off` where nobody listens, `paused` where a person wants things to stay. */
export type LiveState = 'off' | 'connecting' | 'open' | 'lost' | 'paused'

const Live = createContext<LiveState>('off')

/** How the live connection is. */
export function useLive(): LiveState {
  return useContext(Live)
}

const Pause = createContext<(isPaused: boolean) => void>(() => undefined)

/** Lets what is shown stay as it is, or go on (P-70); useLive tells which. */
export function usePause(): (isPaused: boolean) => void {
  return useContext(Pause)
}

/** How often a query reads again by itself, for what no event tells; not while things are to stay. */
export function usePolling(everyMs: number): number | false {
  return useLive() === 'paused' ? false : everyMs
}

const againMs = 3_000
/** How often lists are read again at most, however much happens. */
const gatherMs = 1_000

/** Keeps what the pages inside it have read true, by the server's live events. */
export function LiveProvider({
  enabled,
  who,
  children,
}: {
  readonly enabled: boolean
  /** Whoever it is: somebody else is told other things. */
  readonly who: string | null
  readonly children: ReactNode
}) {
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const [isPaused, setPaused] = useState(false)
  const listens = enabled && !isPaused
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody else needs a connection of their own
  useEffect(() => (listens ? listen(queries, setState) : undefined), [listens, queries, who])
  const pause = (next: boolean) => {
    setPaused(next)
    // What happened meanwhile was missed.
    if (!next) void queries.invalidateQueries()
  }
  return (
    <Pause.Provider value={pause}>
      <Live.Provider value={enabled ? (isPaused ? 'paused' : state) : 'off'}>
        {children}
      </Live.Provider>
    </Pause.Provider>
  )
}

/** @returns what ends it. */
function listen(queries: QueryClient, tell: (state: LiveState) => void): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = gather(queries)
  let wasLost = false

  function open(): void {
    source = new EventSource(addressOf('api/v1/events'))
    source.addEventListener('open', () => {
      tell('open')
      // What happened meanwhile may have been missed.
      if (wasLost) void queries.invalidateQueries()
      wasLost = false
    })
    source.addEventListener('error', () => {
      tell('lost')
      wasLost = true
      // A browser gives up where the server answers with an error, as a proxy does for one that restarts.
      if (source?.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, againMs)
    })
    source.addEventListener('video', ({ data }) => {
      const video = JSON.parse(String(data)) as Video
      if (!keepVideo(queries, video)) refresh.ask('videos')
      refresh.ask('statistics', 'policies')
    })
    source.addEventListener('deleted', ({ data }) => {
      const { id } = JSON.parse(String(data)) as { readonly id: string }
      queries.removeQueries({ queryKey: ['video', id] })
      refresh.ask('videos', 'statistics')
    })
    source.addEventListener('fleet', () => refresh.ask('fleet', 'statistics', 'policies'))
    source.addEventListener('policies', () => refresh.ask('policies'))
    source.addEventListener('webhooks', () => refresh.ask('webhooks'))
  }
  open()
  return () => {
    clearTimeout(timer)
    refresh.stop()
    source?.close()
  }
}

/** Puts a video in the place of what was read of it; false where no list has it. */
function keepVideo(queries: QueryClient, video: Video): boolean {
  queries.setQueryData(['video', video.id], video)
  let isListed = false
  queries.setQueriesData<unknown>({ queryKey: ['videos'] }, (kept: unknown) =>
    replaceIn(kept, video, () => (isListed = true)),
  )
  return isListed
}

/** A page of videos, or an infinite list of pages, with one video renewed. */
function replaceIn(kept: unknown, video: Video, found: () => void): unknown {
  if (kept === null || typeof kept !== 'object') return kept
  if ('pages' in kept && Array.isArray(kept.pages)) {
    return { ...kept, pages: kept.pages.map((page: unknown) => replaceIn(page, video, found)) }
  }
  if (!('videos' in kept) || !Array.isArray(kept.videos)) return kept
  const at = kept.videos.findIndex((each: Video) => each.id === video.id)
  if (at < 0) return kept
  found()
  return { ...kept, videos: (kept.videos as Video[]).with(at, video) }
}

/** Reads again what is asked for, all together, at most once a second. */
function gather(queries: QueryClient): { ask: (...names: string[]) => void; stop: () => void } {
  const asked = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    for (const name of asked) void queries.invalidateQueries({ queryKey: [name] })
    asked.clear()
  }
  return {
    ask: (...names) => {
      for (const name of names) asked.add(name)
      timer ??= setTimeout(flush, gatherMs)
    },
    stop: () => clearTimeout(timer),
  }
}
