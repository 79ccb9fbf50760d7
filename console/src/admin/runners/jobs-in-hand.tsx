import { Link } from 'react-router'
import { Progress } from '../../ui/progress.tsx'
import { countOf, formatShare } from '../../words/amounts.ts'
import styles from './runners.module.css'
import type { Runner } from './use-runners.ts'

/** The jobs in a runner's hands with how far they are; `most` of them, and how many more there are. */
export function JobsInHand({
  runner: {
    slots,
    work: { jobs },
  },
  most,
}: {
  readonly runner: Runner
  readonly most: number
}) {
  if (jobs.length === 0) {
    return <span className={styles['soft']}>Nothing, of {countOf(slots, 'slot')}</span>
  }
  return (
    <ul className={styles['jobs']}>
      {jobs.slice(0, most).map((job) => (
        <li key={job.uuid} className={styles['job']}>
          <Link to={`/jobs?job=${job.uuid}`} title={`${job.label} of “${job.videoName}”`}>
            {job.label} <span className={styles['soft']}>· {job.videoName}</span>
          </Link>
          <span className={styles['percent']}>{formatShare(job.progress)}</span>
          <Progress value={job.progress} label={`Progress of ${job.label}`} thin />
        </li>
      ))}
      {jobs.length > most ? (
        <li className={styles['soft']}>and {jobs.length - most} more</li>
      ) : null}
    </ul>
  )
}
