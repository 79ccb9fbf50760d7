import type { Video } from '../../api/client.ts'
import { mayChange } from '../../api/rights.ts'
import { useSession } from '../../api/session.ts'
import { Failure, Skeleton } from '../../ui/states.tsx'
import styles from './grid.module.css'
import { News } from './news.tsx'
import { NothingFound } from './nothing.tsx'
import { useGrid } from './use-grid.ts'
import { useNewest } from './use-newest.ts'
import { useSeen } from './use-seen.ts'
import { VideoCard } from './video-card.tsx'
import { holdBack, isForGrid, type Wish } from './which-videos.ts'

type Found = ReturnType<typeof useGrid>

/** Cards of all videos that fit; more come as one scrolls, and new ones as they appear. */
export function Grid({ wish, enabled }: { readonly wish: Wish; readonly enabled: boolean }) {
  const { data: session } = useSession()
  const found = useGrid(wish, enabled)
  const { data, error, hasNextPage } = found
  const all = (data?.pages ?? [])
    .flatMap(({ videos }) => videos)
    .filter((video) => isForGrid(video, mayChange(session, video)))
  if (error && !data) return <Failure error={error} onRetry={() => void found.refetch()} />
  if (data && all.length === 0 && !hasNextPage) return <NothingFound wish={wish} />
  return <Cards found={found} all={all} />
}

function Cards({ found, all }: { readonly found: Found; readonly all: readonly Video[] }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = found
  const { until, showAll } = useNewest(all[0]?.createdAt ?? null)
  const { shown, held } = holdBack(all, until)
  // What failed is asked for again by whoever presses the button, not by standing there.
  const end = useSeen(fetchNextPage, hasNextPage && !isFetchingNextPage && !error)
  return (
    <>
      <News count={held.length} onShow={showAll} />
      <div className={styles['grid']} aria-busy={!data}>
        {shown.map((video) => (
          <VideoCard key={video.id} video={video} />
        ))}
        {data && !isFetchingNextPage ? null : <Waiting />}
      </div>
      <div ref={end} className={styles['end']}>
        {error ? <Failure error={error} onRetry={() => void fetchNextPage()} /> : null}
      </div>
    </>
  )
}

/** As large as the cards that will be there. */
function Waiting() {
  return [0, 1, 2, 3, 4, 5, 6, 7].map((place) => (
    <div key={place} className={styles['waiting']}>
      <Skeleton height="auto" />
      <Skeleton width="80%" />
      <Skeleton width="45%" />
    </div>
  ))
}
