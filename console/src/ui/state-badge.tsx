import type { Video } from '../api/client.ts'
import { formatShare } from '../words/amounts.ts'
import { isUnderWay, videoStates } from '../words/video-states.ts'
import { Badge } from './badge.tsx'

/** The state of a video, with how far it is while it is under way. */
export function StateBadge({
  video,
}: {
  readonly video: Pick<Video, 'state' | 'progress' | 'error'>
}) {
  const { word, tone } = videoStates[video.state]
  return (
    <Badge tone={tone} dot title={video.error?.message}>
      {word}
      {isUnderWay(video.state) && video.progress > 0 ? ` ${formatShare(video.progress)}` : ''}
    </Badge>
  )
}
