import { useEffect, useState } from 'react'
import { client, ReelmillProblem, read, type Video } from '../api/client.ts'
import { followVideo } from '../api/follow-video.ts'
import { isUnderWay } from '../words/video-states.ts'

/** Why a video is not shown. */
export interface Problem {
  readonly title: string
  readonly text: string
}

const absent: Problem = {
  title: 'This video cannot be shown here.',
  text: 'It is private, or it was removed.',
}

/** A video, kept true while it is under way. */
export function useFollowed(id: string): {
  readonly video: Video | null
  readonly problem: Problem | null
} {
  const [video, setVideo] = useState<Video | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    read(client.GET('/api/v1/videos/{id}', { params: { path: { id } } })).then(setVideo, (error) =>
      setProblem(describe(error)),
    )
  }, [id])
  const follows = video !== null && isUnderWay(video.state)
  useEffect(() => {
    if (!follows) return
    return followVideo(id, { onVideo: setVideo, onDeleted: () => setProblem(absent) })
  }, [follows, id])
  return { video, problem }
}

function describe(error: unknown): Problem {
  if (error instanceof ReelmillProblem && error.status < 500) return absent
  const text = error instanceof Error ? error.message : 'The server does not answer.'
  return { title: 'This video cannot be reached.', text }
}
