import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { ChooseCell } from '../../ui/choose.tsx'
import { Progress } from '../../ui/progress.tsx'
import { cells } from '../../ui/table.tsx'
import { TimeAgo, useNow } from '../../ui/time-ago.tsx'
import { stateOf } from '../../words/job-states.ts'
import { formatTaken } from '../../words/times.ts'
import { JobBadge } from './job-badge.tsx'
import { JobMenu } from './job-menu.tsx'
import styles from './jobs.module.css'
import { type JobAction, nameOf } from './use-job-actions.tsx'
import { useWayToJob } from './way-to-job.ts'

type Job = Schemas['RunnerJob']

/** A job as a line of the list. */
export function JobRow({
  job,
  isChosen,
  onChoose,
  onAct,
}: {
  readonly job: Job
  readonly isChosen: boolean
  readonly onChoose: (uuid: string, isChosen: boolean) => void
  readonly onAct: (action: JobAction, job: Job) => void
}) {
  const toJob = useWayToJob()
  const { uuid, runner } = job
  return (
    <tr aria-selected={isChosen}>
      <ChooseCell
        name={nameOf(job)}
        isChosen={isChosen}
        onChoose={(chosen) => onChoose(uuid, chosen)}
      />
      <td className={cells.wide}>
        <Link to={toJob(uuid)} className={styles['name']}>
          {job.label}
        </Link>
        <div className={styles['below']} title={`${job.videoName} · ${job.type} · ${uuid}`}>
          {job.videoName} · {job.type} · <code>{uuid.slice(0, 8)}</code>
        </div>
      </td>
      <td>
        <State job={job} />
      </td>
      <td className={cells.roomy}>
        {runner ? (
          <Link to={`/runners?runner=${runner.id}`} className={styles['plain']}>
            {runner.name}
          </Link>
        ) : (
          <span className={cells.soft}>–</span>
        )}
      </td>
      <td className={cells.number}>{job.failures}</td>
      <td className={cells.number}>{job.priority}</td>
      <td className={cells.number}>
        <TimeAgo at={job.createdAt} />
      </td>
      <td className={cells.number}>
        <Taken job={job} />
      </td>
      <td className={cells.tight}>
        <JobMenu job={job} onAct={onAct} />
      </td>
    </tr>
  )
}

function State({ job }: { readonly job: Job }) {
  const isAtWork = stateOf(job) === 'processing'
  return (
    <div className={styles['state']}>
      <div className={styles['badge']}>
        <JobBadge job={job} />
        {isAtWork ? <span className={styles['percent']}>{job.progress ?? 0} %</span> : null}
      </div>
      {isAtWork ? (
        <Progress value={(job.progress ?? 0) / 100} label={`Progress of ${nameOf(job)}`} thin />
      ) : job.error === null ? null : (
        <span className={styles['below']} title={job.error}>
          {job.error}
        </span>
      )}
    </div>
  )
}

/** How long it was in its runner's hands, or has been. */
function Taken({ job: { startedAt, finishedAt } }: { readonly job: Job }) {
  const now = useNow(1_000)
  if (startedAt === null) return <span className={cells.soft}>–</span>
  const end = finishedAt === null ? now : Date.parse(finishedAt)
  return <>{formatTaken((end - Date.parse(startedAt)) / 1000)}</>
}
