import { Link } from 'react-router'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './failure-list.module.css'
import type { Statistics } from './statistics-queries.ts'

type RecentFailure = Statistics['failures']['recent'][number]

/** What failed in the last day: how often by its code, and each with the way to it. */
export function FailureList({ statistics }: { readonly statistics: Statistics | undefined }) {
  if (!statistics)
    return (
      <Card title="Failures of the last day">
        <Skeleton height="6rem" />
      </Card>
    )
  const { byCode, recent } = statistics.failures
  return (
    <Card
      title="Failures of the last day"
      flush
      actions={
        byCode.length === 0 ? null : (
          <ul className={styles['codes']} aria-label="How often, by code">
            {byCode.map(({ code, count }) => (
              <li key={code}>
                <Badge>
                  {code} × {count}
                </Badge>
              </li>
            ))}
          </ul>
        )
      }
    >
      {recent.length === 0 ? (
        <Empty title="Nothing failed.">Failed videos, and tries of jobs, would be here.</Empty>
      ) : (
        <ul>
          {recent.map((failure) => (
            <Row key={`${failure.at}${failure.jobUuid ?? failure.videoId}`} failure={failure} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Row({ failure }: { readonly failure: RecentFailure }) {
  const { kind, at, code, message, videoId, videoName, jobUuid, jobLabel, runnerName } = failure
  return (
    <li className={styles['failure']}>
      <span className={styles['time']}>
        <TimeAgo at={at} />
      </span>
      <Badge tone={kind === 'video' ? 'bad' : 'warn'}>{kind === 'video' ? 'Video' : 'Try'}</Badge>
      <span className={styles['what']}>
        <Link to={`/videos/${videoId}`}>{videoName}</Link>
        {jobUuid === null ? null : (
          <>
            {', '}
            <Link to={`/jobs?job=${jobUuid}`}>{jobLabel}</Link>
          </>
        )}
        {runnerName === null ? null : ` by ${runnerName}`}
      </span>
      <span className={styles['why']} title={code}>
        {message || code}
      </span>
    </li>
  )
}
