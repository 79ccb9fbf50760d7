import { Lock } from 'lucide-react'
import { Link } from 'react-router'
import type { Video } from '../../api/client.ts'
import { mayChange } from '../../api/rights.ts'
import { useSession } from '../../api/session.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { VideoMenu } from '../videos/video-menu.tsx'
import { Thumbnail } from './thumbnail.tsx'
import styles from './video-card.module.css'

/** A video in the grid. */
export function VideoCard({ video }: { readonly video: Video }) {
  const { data: session } = useSession()
  return (
    <article className={styles['card']} data-video={video.id}>
      <Thumbnail video={video} />
      <div className={styles['words']}>
        <h2 className={styles['title']}>
          <Link to={`/watch/${video.id}`}>{video.name}</Link>
        </h2>
        <p className={styles['said']}>
          {video.owner ? <span>{video.owner.name}</span> : null}
          <TimeAgo at={video.createdAt} />
          {video.visibility === 'private' ? (
            <span className={styles['lock']}>
              <Lock aria-hidden="true" /> Private
            </span>
          ) : null}
        </p>
        {mayChange(session, video) ? (
          <div className={styles['menu']}>
            <VideoMenu video={video} size="small" />
          </div>
        ) : null}
      </div>
    </article>
  )
}
