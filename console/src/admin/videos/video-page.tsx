import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ReelmillProblem, type Video } from '../../api/client.ts'
import { classNames } from '../../ui/class-names.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Progress } from '../../ui/progress.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Banner, Empty, Failure, Skeleton } from '../../ui/states.tsx'
import { isUnderWay } from '../../words/video-states.ts'
import { ChunkMapCard } from './chunk-map/chunk-map-card.tsx'
import { AboutCard } from './detail/about-card.tsx'
import styles from './detail/detail.module.css'
import { FailuresCard } from './detail/failures-card.tsx'
import { HistoryCard } from './detail/history-card.tsx'
import { RenditionsCard } from './detail/renditions-card.tsx'
import { SourceCard } from './detail/source-card.tsx'
import { useFreshPast, useVideo } from './detail/use-video.ts'
import { VersionsCard } from './detail/versions-card.tsx'
import { VideoActions } from './detail/video-actions.tsx'
import { shareOf } from './video-facts.ts'

/** A video with all that was done for it, live. */
export default function VideoPage() {
  const { id = '' } = useParams()
  const { data: video, error, dataUpdatedAt, refetch } = useVideo(id)
  if (video) return <Details key={id} video={video} changedAt={dataUpdatedAt} />
  if (error instanceof ReelmillProblem && error.status === 404) {
    return (
      <Empty title="There is no such video." action={<Link to="/videos">All videos</Link>}>
        It may have been deleted.
      </Empty>
    )
  }
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return (
    <>
      <PageHead title="Video" name={<Skeleton width="16rem" />} />
      <Skeleton height="24rem" />
    </>
  )
}

function Details({ video, changedAt }: { readonly video: Video; readonly changedAt: number }) {
  const [chosen, setChosen] = useState<number | null>(null)
  const version = chosen ?? video.version
  useFreshPast(video.id, changedAt)
  return (
    <>
      <Head video={video} />
      <div className={styles['layout']}>
        <div className={styles['column']}>
          <ChunkMapCard video={video} version={version} changedAt={changedAt} />
          <FailuresCard id={video.id} />
          <RenditionsCard video={video} changedAt={changedAt} />
          <VersionsCard id={video.id} shown={version} onShow={setChosen} />
        </div>
        <div className={classNames(styles['column'], styles['side'])}>
          <SourceCard video={video} />
          <AboutCard video={video} />
          <HistoryCard id={video.id} />
        </div>
      </div>
    </>
  )
}

function Head({ video }: { readonly video: Video }) {
  const { name, state, error } = video
  return (
    <>
      <PageHead
        title={name}
        name={
          <span className={styles['name']}>
            {name} <StateBadge video={video} />
          </span>
        }
        above={<Link to="/videos">Videos</Link>}
        actions={<VideoActions video={video} />}
      />
      {isUnderWay(state) ? (
        <div className={styles['journey']}>
          <Progress value={shareOf(video)} label={`Progress of ${name}`} />
        </div>
      ) : null}
      {error ? (
        <div className={styles['banner']}>
          <Banner tone="bad">
            {error.message} <code>{error.code}</code>
          </Banner>
        </div>
      ) : null}
    </>
  )
}
