import { Film } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { Video } from '../../api/client.ts'
import { parseStart } from '../../player/clock.ts'
import { Instead } from '../../player/instead.tsx'
import { toFilm } from '../../player/to-film.ts'
import { VideoPlayer } from '../../player/video-player.tsx'
import { useTitle } from '../../ui/page-head.tsx'
import { Empty, Failure, Skeleton } from '../../ui/states.tsx'
import { isMissing, useVideo } from './use-video.ts'
import { VideoHead } from './video-head.tsx'
import styles from './watch-page.module.css'

/** A video, large, as soon as there is anything to see of it. */
export default function WatchPage() {
  const { id = '' } = useParams()
  const { data: video, error, refetch } = useVideo(id)
  useTitle(video?.name ?? '')
  // Another video has nothing of the one before.
  if (video) return <Watch key={video.id} video={video} />
  if (isMissing(error)) {
    return (
      <Empty title="There is no such video." icon={<Film />}>
        It was removed, or it is private and you are not its owner.
      </Empty>
    )
  }
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return (
    <div className={styles['page']} aria-busy="true">
      <div className={styles['place']} />
      <Skeleton width="60%" height="1.75rem" />
      <Skeleton width="30%" />
    </div>
  )
}

function Watch({ video }: { readonly video: Video }) {
  const [startSeconds] = useState(readStart)
  return (
    <div className={styles['page']}>
      <VideoPlayer
        film={toFilm(video)}
        startSeconds={startSeconds}
        autoPlay
        instead={<Instead video={video} />}
      />
      <VideoHead video={video} />
    </div>
  )
}

/** `?t=1m30s` */
function readStart(): number {
  return parseStart(new URLSearchParams(location.search).get('t') ?? '') ?? 0
}
