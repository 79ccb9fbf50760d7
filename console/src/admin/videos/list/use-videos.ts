import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client, read } from '../../../api/client.ts'
import { type Filters, toQuery } from './filters.ts'

const pageSize = 50

/** The videos that fit, page by page; live events keep them true in their places. */
export function useVideos(filters: Filters) {
  const key = JSON.stringify(filters)
  // Not renewed with the clock: another question would be another list.
  // oxlint-disable-next-line react/exhaustive-deps
  const query = useMemo(() => toQuery(filters, Date.now()), [key])
  const list = useInfiniteQuery({
    queryKey: ['videos', 'console', query],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/videos', {
          params: {
            query: { ...query, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // What was found stays while another question is asked.
    placeholderData: (before) => before,
  })
  const videos = useMemo(() => list.data?.pages.flatMap((page) => page.videos) ?? [], [list.data])
  return { ...list, videos }
}
