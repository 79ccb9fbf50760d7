import { Film, Lock } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'react-router'
import type { Video } from '../../../api/client.ts'
import { mediaHere } from '../../../api/media-here.ts'
import { ChooseCell } from '../../../ui/choose.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { cells } from '../../../ui/table.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { formatBytes } from '../../../words/amounts.ts'
import { formatClock } from '../../../words/times.ts'
import { isUnderWay } from '../../../words/video-states.ts'
import { lengthOf, outputBytesOf, shareOf } from '../video-facts.ts'
import styles from './video-table.module.css'

/** A video as a line of the list. Drawn again only when it is another. */
export const VideoRow = memo(function VideoRow({
  video,
  isChosen,
  onChoose,
}: {
  readonly video: Video
  readonly isChosen: boolean
  readonly onChoose: (id: string, isChosen: boolean) => void
}) {
  const { id, name, source, profile, createdAt, owner } = video
  const seconds = lengthOf(video)
  return (
    <tr aria-selected={isChosen}>
      <ChooseCell name={name} isChosen={isChosen} onChoose={(isNow) => onChoose(id, isNow)} />
      <td className={cells.wide}>
        <Link to={`/videos/${id}`} className={styles['video']}>
          <Thumbnail video={video} />
          <span className={styles['name']} title={name}>
            {name}
          </span>
          {video.visibility === 'private' ? (
            <Lock className={styles['lock']} role="img" aria-label="private" />
          ) : null}
        </Link>
      </td>
      <td>
        <State video={video} />
      </td>
      <td className={cells.roomy}>{owner?.name ?? <span className={styles['none']}>–</span>}</td>
      <td className={cells.number}>{seconds === null ? '–' : formatClock(seconds)}</td>
      <td className={cells.number} title={`Output: ${formatBytes(outputBytesOf(video))}`}>
        {source.sizeBytes === null ? '–' : formatBytes(source.sizeBytes)}
      </td>
      <td className={cells.roomy}>{profile}</td>
      <td className={cells.number}>
        <TimeAgo at={createdAt} />
      </td>
    </tr>
  )
})

function State({ video }: { readonly video: Video }) {
  const { state, error } = video
  return (
    <div className={styles['state']}>
      <StateBadge video={video} />
      {isUnderWay(state) ? (
        <Progress value={shareOf(video)} label="Progress" thin />
      ) : error ? (
        <span className={styles['why']} title={error.message}>
          {error.message}
        </span>
      ) : null}
    </div>
  )
}

function Thumbnail({ video: { id, urls } }: { readonly video: Video }) {
  return (
    <span className={styles['thumbnail']}>
      {urls.thumbnail ? (
        <img src={mediaHere(urls.thumbnail, id)} alt="" loading="lazy" decoding="async" />
      ) : (
        <Film aria-hidden="true" />
      )}
    </span>
  )
}
