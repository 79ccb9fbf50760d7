import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { ChooseCell } from '../../ui/choose.tsx'
import { classNames } from '../../ui/class-names.ts'
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

const figure = classNames(cells.number, cells.roomy)

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
  const { uuid, runner } = job
  return (
    <tr aria-selected={isChosen}>
      <ChooseCell
        name={nameOf(job)}
        isChosen={isChosen}
        onChoose={(chosen) => onChoose(uuid, chosen)}
      />
      <NameCell job={job} />
      <td className={cells.roomy}>
        <State job={job} />
      </td>
      <td className={cells.roomy}>
        {runner ? (
          <Link
            to={`/runners?runner=${runner.id}`}
            className={styles['runner']}
            title={runner.name}
          >
            {runner.name}
          </Link>
        ) : (
          <span className={cells.soft}>–</span>
        )}
      </td>
      <td className={figure}>{job.failures}</td>
      <td className={figure}>{job.priority}</td>
      <td className={figure}>
        <TimeAgo at={job.createdAt} />
      </td>
      <td className={figure}>
        <Taken job={job} />
      </td>
      <td className={cells.tight}>
        <JobMenu job={job} onAct={onAct} />
      </td>
    </tr>
  )
}

/** Its name; on phones also what else there is to say, for which there are no columns. */
function NameCell({ job }: { readonly job: Job }) {
  const toJob = useWayToJob()
  const { uuid, runner } = job
  return (
    <td className={cells.wide}>
      <Link to={toJob(uuid)} className={styles['name']}>
        {job.label}
      </Link>
      <div className={styles['below']} title={`${job.videoName} · ${job.type} · ${uuid}`}>
        {job.videoName} · {job.type} · <code>{uuid.slice(0, 8)}</code>
      </div>
      <div className={styles['narrow']}>
        <State job={job} />
        <span className={styles['below']}>
          {runner ? `${runner.name}, ` : ''}
          <Taken job={job} />
        </span>
      </div>
    </td>
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
  if (startedAt === null) return <span className={cells.soft}>–</span>
  if (finishedAt === null) return <Running since={startedAt} />
  return <>{formatTaken((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}</>
}

function Running({ since }: { readonly since: string }) {
  const now = useNow(1_000)
  return <>{formatTaken((now - Date.parse(since)) / 1000)}</>
}
