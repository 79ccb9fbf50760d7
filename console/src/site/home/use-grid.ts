import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'
import type { Wish } from './which-videos.ts'

/** Some rows of the widest grid. */
const pageSize = 24

/** The videos that somebody wants to see, page by page, the newest first; kept true by live events. */
export function useGrid({ q, mine }: Wish, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['videos', 'grid', { q, mine }],
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) =>
      read(
        client.GET('/api/v1/videos', {
          params: {
            query: {
              limit: pageSize,
              ...(q === '' ? {} : { q }),
              ...(mine ? { owner: 'me' } : {}),
              ...(cursor === null ? {} : { cursor }),
            },
          },
        }),
      ),
    getNextPageParam: ({ next }) => next,
    // What was found before stays until the next is there: nothing flickers while one types.
    placeholderData: keepPreviousData,
  })
}
