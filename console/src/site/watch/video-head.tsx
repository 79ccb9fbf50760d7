import { Download } from 'lucide-react'
import { useNavigate } from 'react-router'
import type { Video } from '../../api/client.ts'
import { mediaHere } from '../../api/media-here.ts'
import { mayChange } from '../../api/rights.ts'
import { useSession } from '../../api/session.ts'
import { isBeingMade } from '../../player/to-film.ts'
import { useRemaining } from '../../player/use-remaining.ts'
import { Badge } from '../../ui/badge.tsx'
import { lookOf } from '../../ui/button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { formatClock } from '../../words/times.ts'
import { isUnderWay, videoStates } from '../../words/video-states.ts'
import { VideoMenu } from '../videos/video-menu.tsx'
import { ShareButton } from './share-button.tsx'
import styles from './video-head.module.css'

/** What the video is, how far it is, and what can be done with it. */
export function VideoHead({ video }: { readonly video: Video }) {
  const { data: session } = useSession()
  const navigate = useNavigate()
  const { name, owner, createdAt, source, visibility } = video
  return (
    <div className={styles['head']}>
      <div className={styles['words']}>
        <h1>{name}</h1>
        <p className={styles['facts']}>
          {owner ? <span>{owner.name}</span> : null}
          <TimeAgo at={createdAt} />
          {source.durationSeconds ? <span>{formatClock(source.durationSeconds)}</span> : null}
          {visibility === 'private' ? <Badge tone="neutral">Private</Badge> : null}
          {video.state === 'published' ? null : <StateBadge video={video} />}
        </p>
        <Journey video={video} />
      </div>
      <div className={styles['actions']}>
        <Downloads video={video} />
        <ShareButton video={video} />
        {session && mayChange(session, video) ? (
          <VideoMenu video={video} onGone={() => void navigate('/')} />
        ) : null}
      </div>
    </div>
  )
}

/** While it plays and is not whole yet: what happens now, and how long it may take. */
function Journey({ video }: { readonly video: Video }) {
  const remaining = useRemaining(video)
  if (!isUnderWay(video.state) || !video.playable) return null
  return (
    <p className={styles['journey']} role="status">
      {isBeingMade(video)
        ? 'It can be watched as far as it is encoded.'
        : 'A new version is on its way; this is the one before.'}{' '}
      {videoStates[video.state].sentence}
      {remaining ? ` ${remaining[0]?.toUpperCase()}${remaining.slice(1)}.` : ''}
    </p>
  )
}

function Downloads({ video }: { readonly video: Video }) {
  const files = Object.entries(video.urls.mp4)
  return (
    <>
      {files.map(([name, url]) => (
        <a
          key={name}
          className={lookOf({})}
          href={mediaHere(url, video.id)}
          download={`${video.name} ${name}.mp4`}
        >
          <Download aria-hidden="true" />
          {files.length > 1 ? `Download ${name}` : 'Download'}
        </a>
      ))}
    </>
  )
}
