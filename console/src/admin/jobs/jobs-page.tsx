import { ListChecks } from 'lucide-react'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Pager } from '../../ui/pager.tsx'
import { RefusalsDialog } from '../../ui/refusals.tsx'
import { SelectionBar } from '../../ui/selection-bar.tsx'
import { Empty, Failure } from '../../ui/states.tsx'
import { TableSkeleton } from '../../ui/table-skeleton.tsx'
import { useSelection } from '../../ui/use-selection.ts'
import { countOf } from '../../words/amounts.ts'
import { isCancellable, isRetryable } from '../../words/job-states.ts'
import { JobDialog } from './job-dialog.tsx'
import { JobFilterBar } from './job-filter-bar.tsx'
import { isFiltered, pageSize, readJobFilters, writeJobFilters } from './job-filters.ts'
import { JobTable } from './job-table.tsx'
import { StateTabs } from './state-tabs.tsx'
import { type JobAction, useJobActions } from './use-job-actions.tsx'
import { useJobs } from './use-jobs.ts'

type Job = Schemas['RunnerJob']
const none: readonly Job[] = []

/** What runners are to do, do and did (D-92). */
export default function JobsPage() {
  const [params, setParams] = useSearchParams()
  const filters = readJobFilters(params)
  const list = useJobs(filters)
  const jobs = list.data?.data ?? none
  const uuids = useMemo(() => jobs.map(({ uuid }) => uuid), [jobs])
  const selection = useSelection(uuids)
  const actions = useJobActions()
  const chosen = jobs.filter(({ uuid }) => selection.ids.has(uuid))
  return (
    <>
      <PageHead title="Jobs" text="The units of work that runners do." />
      <Card flush>
        <StateTabs filters={filters} />
        <JobFilterBar filters={filters} />
        {list.isPending ? (
          <TableSkeleton />
        ) : list.isError && jobs.length === 0 ? (
          <Failure error={list.error} onRetry={() => void list.refetch()} />
        ) : jobs.length === 0 ? (
          <Nothing isFiltered={isFiltered(filters)} />
        ) : (
          <JobTable
            jobs={jobs}
            selection={selection}
            onAct={(action, job) => void actions.run(action, [job])}
          />
        )}
        <Pager
          page={filters.page}
          pageSize={pageSize}
          total={list.data?.total ?? 0}
          onPage={(page) => setParams((before) => writeJobFilters(before, { page }))}
        />
      </Card>
      {chosen.length === 0 ? null : (
        <SelectionBar
          text={`${countOf(chosen.length, 'job')} chosen`}
          onClear={() => selection.chooseAll(false)}
        >
          <ActButton action="retry" jobs={chosen.filter(isRetryable)} actions={actions} />
          <ActButton action="cancel" jobs={chosen.filter(isCancellable)} actions={actions} />
        </SelectionBar>
      )}
      <JobDialog actions={actions} />
      <RefusalsDialog refusals={actions.refusals} onClose={actions.closeRefusals} />
    </>
  )
}

function ActButton({
  action,
  jobs,
  actions: { run, busy },
}: {
  readonly action: JobAction
  /** Those of the chosen with which it can be done. */
  readonly jobs: readonly Job[]
  readonly actions: ReturnType<typeof useJobActions>
}) {
  return (
    <Button
      size="small"
      look={action === 'cancel' ? 'danger' : 'secondary'}
      busy={busy === action}
      disabled={busy !== null || jobs.length === 0}
      onClick={() => void run(action, jobs)}
    >
      {action === 'cancel' ? 'Cancel' : 'Retry'} {jobs.length}
    </Button>
  )
}

function Nothing({ isFiltered: isLeftOut }: { readonly isFiltered: boolean }) {
  return isLeftOut ? (
    <Empty title="No job fits.">Choose another state, or less words.</Empty>
  ) : (
    <Empty title="There are no jobs yet." icon={<ListChecks />}>
      They are made when a video is uploaded, and runners take them.
    </Empty>
  )
}
