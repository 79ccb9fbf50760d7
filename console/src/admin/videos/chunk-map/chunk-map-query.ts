import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client, read } from '../../../api/client.ts'
import { mergeMaps } from './merge-maps.ts'

const fetchMap = (id: string, version: number, since: string | null) =>
  read(
    client.GET('/api/v1/videos/{id}/chunks', {
      params: { path: { id }, query: { version, ...(since === null ? {} : { since }) } },
    }),
  )

export type ChunkMap = Awaited<ReturnType<typeof fetchMap>>
export type MappedChunk = ChunkMap['chunks'][number]
export type MappedJob = MappedChunk['jobs'][number]

/**
 * The chunk map of a version, kept true: read again, by what changed, whenever the fleet did
 * something or `changedAt`, when the video itself last changed, moves on.
 */
export function useChunkMap(id: string, version: number, changedAt: number) {
  const queries = useQueryClient()
  // Below `fleet`, which live events have read again.
  const queryKey = ['fleet', 'chunks', id, version] as const
  const map = useQuery({
    queryKey,
    queryFn: async () => {
      const before = queries.getQueryData<ChunkMap>(queryKey)
      return mergeMaps(before, await fetchMap(id, version, before?.next ?? null))
    },
    // The merging keeps what is the same.
    structuralSharing: false,
  })
  const { refetch } = map
  const seen = useRef(changedAt)
  useEffect(() => {
    if (seen.current === changedAt) return
    seen.current = changedAt
    void refetch({ cancelRefetch: false })
  }, [changedAt, refetch])
  return map
}
