import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { Failure, Skeleton } from '../../../ui/states.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import styles from './detail.module.css'
import { wordsOf } from './event-words.ts'
import { useHistory, type VideoEvent } from './use-video.ts'

/** What happened to a video, the latest first. */
export function HistoryCard({ id }: { readonly id: string }) {
  const history = useHistory(id)
  const events = history.data?.pages.flatMap((page) => page.events) ?? []
  return (
    <Card title="What happened">
      {history.isPending ? (
        <Skeleton height="8rem" />
      ) : history.isError && events.length === 0 ? (
        <Failure error={history.error} onRetry={() => void history.refetch()} />
      ) : events.length === 0 ? (
        <p className={styles['soft']}>Events are kept for 30 days; there are none any more.</p>
      ) : (
        <ol className={styles['events']}>
          {events.map((event) => (
            <EventItem key={event.id} event={event} />
          ))}
        </ol>
      )}
      {history.hasNextPage ? (
        <Button
          size="small"
          busy={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show earlier
        </Button>
      ) : null}
    </Card>
  )
}

function EventItem({ event }: { readonly event: VideoEvent }) {
  const { word, tone, about } = wordsOf(event)
  return (
    <li className={classNames(styles['event'], styles[tone])}>
      <span className={styles['eventWord']}>
        {word}
        {about ? <span className={styles['soft']}> · {about}</span> : null}
      </span>
      <span className={styles['eventTime']}>
        <TimeAgo at={event.at} />
      </span>
    </li>
  )
}
