import { hashKey, type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import type { Video } from './client.ts'
import { keepVideos } from './keep-videos.ts'
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
  const hasMissed = useRef(false)
  const listens = enabled && !isPaused
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody else needs a connection of their own
  useEffect(() => {
    if (!listens) return
    const wasPaused = hasMissed.current
    hasMissed.current = false
    return listen(queries, setState, wasPaused)
  }, [listens, queries, who])
  const pause = (next: boolean) => {
    hasMissed.current = true
    setPaused(next)
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
function listen(
  queries: QueryClient,
  tell: (state: LiveState) => void,
  wasPaused: boolean,
): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = gather(queries)
  const videos = keepVideos(queries)
  let hasMissed = wasPaused

  function open(): void {
    source = new EventSource(addressOf('api/v1/events'))
    source.addEventListener('open', () => {
      tell('open')
      // What happened meanwhile may have been missed.
      if (hasMissed) void queries.invalidateQueries()
      else refresh.ask(...readBefore(queries))
      hasMissed = false
    })
    source.addEventListener('error', () => {
      tell('lost')
      hasMissed = true
      // A browser gives up where the server answers with an error, as a proxy does for one that restarts.
      if (source?.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, againMs)
    })
    source.addEventListener('video', ({ data }) => {
      refresh.ask(...videos.keep(JSON.parse(String(data)) as Video))
      refresh.askAll('statistics', 'policies')
    })
    source.addEventListener('deleted', ({ data }) => {
      const { id } = JSON.parse(String(data)) as { readonly id: string }
      videos.forget(id)
      refresh.askAll('videos', 'statistics')
    })
    source.addEventListener('fleet', () => refresh.askAll('fleet', 'statistics', 'policies'))
    source.addEventListener('policies', () => refresh.askAll('policies'))
    source.addEventListener('webhooks', () => refresh.askAll('webhooks'))
  }
  open()
  return () => {
    clearTimeout(timer)
    refresh.stop()
    source?.close()
  }
}

/** Of what events renew in place, what was read before they came; a connection is made in no time. */
function readBefore(queries: QueryClient): readonly QueryKey[] {
  const single = queries
    .getQueryCache()
    .findAll({ queryKey: ['video'], type: 'active' })
    .filter(({ state }) => state.data !== undefined)
  return [['videos'], ...single.map(({ queryKey }) => queryKey)]
}

/** Reads again what is asked for, all together, at most once a second. */
function gather(queries: QueryClient) {
  const asked = new Map<string, QueryKey>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    for (const queryKey of asked.values()) void queries.invalidateQueries({ queryKey })
    asked.clear()
  }
  const ask = (...keys: readonly QueryKey[]) => {
    if (keys.length === 0) return
    for (const key of keys) asked.set(hashKey(key), key)
    timer ??= setTimeout(flush, gatherMs)
  }
  return {
    ask,
    /** All whose keys begin so. */
    askAll: (...names: readonly string[]) => ask(...names.map((name) => [name])),
    stop: () => clearTimeout(timer),
  }
}
