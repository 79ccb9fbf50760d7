import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client, read } from '../../../api/client.ts'

/** A video; live events put a newer one in its place. */
export function useVideo(id: string) {
  return useQuery({
    queryKey: ['video', id],
    queryFn: () => read(client.GET('/api/v1/videos/{id}', { params: { path: { id } } })),
  })
}

const fetchVersions = (id: string) =>
  read(client.GET('/api/v1/videos/{id}/versions', { params: { path: { id } } }))

export type Version = Awaited<ReturnType<typeof fetchVersions>>['versions'][number]

/** The versions of a video, the latest first. */
export function useVersions(id: string) {
  return useQuery({ queryKey: ['past', id, 'versions'], queryFn: () => fetchVersions(id) })
}

const fetchFailures = (id: string) =>
  read(client.GET('/api/v1/videos/{id}/failures', { params: { path: { id } } }))

export type VideoFailure = Awaited<ReturnType<typeof fetchFailures>>['failures'][number]

/** What went wrong with a video, the latest first. */
export function useFailures(id: string) {
  return useQuery({ queryKey: ['past', id, 'failures'], queryFn: () => fetchFailures(id) })
}

const fetchHistory = (id: string, before: number) =>
  read(
    client.GET('/api/v1/videos/{id}/history', {
      params: { path: { id }, query: { limit: 30, ...(before > 0 ? { before } : {}) } },
    }),
  )

export type VideoEvent = Awaited<ReturnType<typeof fetchHistory>>['events'][number]

/** What happened to a video, the latest first, in pages. */
export function useHistory(id: string) {
  return useInfiniteQuery({
    queryKey: ['past', id, 'history'],
    queryFn: ({ pageParam }) => fetchHistory(id, pageParam),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  })
}

const mostOftenMs = 1_000

/** Has what is past of a video read again when it changed, at most once a second. */
export function useFreshPast(id: string, changedAt: number): void {
  const queries = useQueryClient()
  const readAt = useRef(0)
  useEffect(() => {
    // Counted from the last reading, not from this change: while a video is busy, changes come faster.
    const timer = setTimeout(
      () => {
        readAt.current = Date.now()
        void queries.invalidateQueries({ queryKey: ['past', id] }, { cancelRefetch: false })
      },
      Math.max(0, readAt.current + mostOftenMs - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [queries, id, changedAt])
}
