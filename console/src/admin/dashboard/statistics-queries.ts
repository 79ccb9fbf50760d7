import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'
import { usePolling } from '../../api/live.tsx'
import { type RangeName, rangeFacts } from './history-range.ts'

/** Figures that move by time alone, as how long the oldest job waits; events tell the rest at once. */
const figuresEveryMs = 15_000
/** A point a minute is added to the history. */
const historyEveryMs = 30_000

const readStatistics = () => read(client.GET('/api/v1/statistics'))

export type Statistics = Awaited<ReturnType<typeof readStatistics>>

/** How things stand now. */
export function useStatistics() {
  return useQuery({
    queryKey: ['statistics'],
    queryFn: readStatistics,
    refetchInterval: usePolling(figuresEveryMs),
  })
}

/** The same over time; while another range is read the one before stays. */
export function useHistory(range: RangeName) {
  return useQuery({
    queryKey: ['history', range],
    queryFn: () => readHistory(range),
    refetchInterval: usePolling(historyEveryMs),
    placeholderData: keepPreviousData,
  })
}

export type History = Awaited<ReturnType<typeof readHistory>>
export type HistoryPoint = History['points'][number]

function readHistory(range: RangeName) {
  const { lengthMs, points } = rangeFacts[range]
  const since = new Date(Date.now() - lengthMs).toISOString()
  return read(client.GET('/api/v1/statistics/history', { params: { query: { since, points } } }))
}

/** Videos that are worked on, for their progress; events renew each. */
export function useProgress(): ReadonlyMap<string, number> {
  const { data } = useQuery({
    queryKey: ['videos', 'under way'],
    queryFn: () =>
      read(
        client.GET('/api/v1/videos', {
          params: {
            query: {
              state: ['probing', 'planning', 'encoding', 'packaging', 'publishing'],
              limit: 12,
            },
          },
        }),
      ),
  })
  return new Map(data?.videos.map(({ id, progress }) => [id, progress]))
}
