import { useSearchParams } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { isCancellable, isRetryable, stateOf } from '../../words/job-states.ts'
import { JobBadge } from './job-badge.tsx'
import styles from './job-dialog.module.css'
import { JobFacts } from './job-facts.tsx'
import { ErrorBox, Tries } from './job-failures.tsx'
import type { useJobActions } from './use-job-actions.tsx'
import { useJob } from './use-jobs.ts'

type Job = Schemas['RunnerJobDetails']

/** All that is known of the job that the address names, and what can be done with it. */
export function JobDialog({ actions }: { readonly actions: ReturnType<typeof useJobActions> }) {
  const [params, setParams] = useSearchParams()
  const uuid = params.get('job')
  const { data: job, error, refetch } = useJob(uuid)
  const close = () =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        next.delete('job')
        return next
      },
      { replace: true },
    )
  return (
    <Dialog
      open={uuid !== null}
      onClose={close}
      size="large"
      title={
        <span className={styles['title']}>
          {job ? job.label : 'Job'} {job ? <JobBadge job={job} /> : null}
        </span>
      }
      description={job?.videoName}
      foot={job ? <Feet job={job} actions={actions} onClose={close} /> : null}
    >
      {job ? (
        <Details job={job} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height="16rem" />
      )}
    </Dialog>
  )
}

function Details({ job }: { readonly job: Job }) {
  return (
    <>
      {stateOf(job) === 'processing' ? (
        <Progress value={(job.progress ?? 0) / 100} label="Progress" />
      ) : null}
      {job.failure ? <ErrorBox failure={job.failure} /> : null}
      <JobFacts job={job} />
      {job.tries.length > 0 ? <Tries tries={job.tries} /> : null}
      <details className={styles['raw']}>
        <summary>What runners are told, as JSON</summary>
        {/* Whoever has only keys must be able to scroll it. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre tabIndex={0}>{JSON.stringify(job.payload, null, 2)}</pre>
      </details>
    </>
  )
}

function Feet({
  job,
  actions: { run, busy },
  onClose,
}: {
  readonly job: Job
  readonly actions: ReturnType<typeof useJobActions>
  readonly onClose: () => void
}) {
  return (
    <>
      <Button onClick={onClose}>Close</Button>
      {isCancellable(job) ? (
        <Button look="danger" busy={busy === 'cancel'} onClick={() => void run('cancel', [job])}>
          Cancel the job
        </Button>
      ) : null}
      {isRetryable(job) ? (
        <Button look="primary" busy={busy === 'retry'} onClick={() => void run('retry', [job])}>
          Retry
        </Button>
      ) : null}
    </>
  )
}
