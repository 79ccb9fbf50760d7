import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client, ReelmillProblem, read, type Video } from '../../api/client.ts'
import { followVideo } from '../../api/follow-video.ts'
import { useLive } from '../../api/live.tsx'
import { isUnderWay } from '../../words/video-states.ts'

/**
 * A video, kept true while it is under way: by the live events of all where there are such, else by
 * its own, which end with its journey (C-07).
 */
export function useVideo(id: string) {
  const queries = useQueryClient()
  const live = useLive()
  const query = useQuery({
    queryKey: ['video', id],
    queryFn: () => read(client.GET('/api/v1/videos/{id}', { params: { path: { id } } })),
  })
  const follows = live === 'off' && query.data !== undefined && isUnderWay(query.data.state)
  useEffect(() => {
    if (!follows) return
    return followVideo(id, {
      onVideo: (video: Video) => queries.setQueryData(['video', id], video),
      onDeleted: () => void queries.resetQueries({ queryKey: ['video', id] }),
    })
  }, [follows, id, queries])
  return query
}

/** Whether there is no such video for whoever asks. */
export function isMissing(error: unknown): boolean {
  return error instanceof ReelmillProblem && (error.status === 404 || error.status === 400)
}
