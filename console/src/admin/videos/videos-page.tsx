import { Film, Upload } from 'lucide-react'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { addressOf } from '../../api/root.ts'
import { Button, lookOf } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { RefusalsDialog } from '../../ui/refusals.tsx'
import { Empty, Failure } from '../../ui/states.tsx'
import { TableSkeleton } from '../../ui/table-skeleton.tsx'
import { useSelection } from '../../ui/use-selection.ts'
import { ChosenVideos } from './list/chosen-videos.tsx'
import { isFiltered, readFilters } from './list/filters.ts'
import { LoadMore } from './list/load-more.tsx'
import { useBulk } from './list/use-bulk.tsx'
import { useVideos } from './list/use-videos.ts'
import { VideoFilters } from './list/video-filters.tsx'
import { VideoTable } from './list/video-table.tsx'

/** All videos: to search, filter, sort, and do the same with many. */
export default function VideosPage() {
  const [params] = useSearchParams()
  const filters = readFilters(params)
  const list = useVideos(filters)
  const { videos } = list
  const selection = useSelection(useMemo(() => videos.map(({ id }) => id), [videos]))
  const bulk = useBulk()
  const chosen = videos.filter(({ id }) => selection.ids.has(id))
  return (
    <>
      <PageHead title="Videos" actions={<UploadLink />} />
      <Card flush>
        <VideoFilters videos={videos} />
        {list.isPending ? (
          <TableSkeleton lines={8} />
        ) : list.isError && videos.length === 0 ? (
          <Failure error={list.error} onRetry={() => void list.refetch()} />
        ) : videos.length === 0 ? (
          <NoVideos isFiltered={isFiltered(filters)} />
        ) : (
          <>
            <VideoTable videos={videos} selection={selection} />
            <LoadMore list={list} />
          </>
        )}
      </Card>
      {chosen.length > 0 ? (
        <ChosenVideos
          videos={chosen}
          busy={bulk.busy}
          onClear={() => selection.chooseAll(false)}
          onAct={(action, fit) =>
            void bulk.run(action, fit).then((outcome) => {
              if (outcome) selection.keep(outcome.refused.map(({ id }) => id))
            })
          }
        />
      ) : null}
      <RefusalsDialog refusals={bulk.refusals} onClose={bulk.closeRefusals} />
    </>
  )
}

function UploadLink() {
  return (
    <a href={addressOf('upload')} className={lookOf({ look: 'primary' })}>
      <Upload />
      Upload
    </a>
  )
}

function NoVideos({ isFiltered: isNarrow }: { readonly isFiltered: boolean }) {
  const [, setParams] = useSearchParams()
  return isNarrow ? (
    <Empty
      title="No video fits."
      icon={<Film />}
      action={<Button onClick={() => setParams({}, { replace: true })}>Clear the filters</Button>}
    >
      Look for something else, or for less.
    </Empty>
  ) : (
    <Empty title="There is no video yet." icon={<Film />} action={<UploadLink />}>
      Videos appear here as soon as somebody uploads one or an application creates one.
    </Empty>
  )
}
