import { Link } from 'react-router'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { formatShare } from '../../../words/amounts.ts'
import { formatTaken } from '../../../words/times.ts'
import { type CellState, stateOfJob } from './cell-state.ts'
import styles from './chunk-map.module.css'
import type { MappedJob } from './chunk-map-query.ts'
import { wordOf } from './chunk-words.ts'

const tones: Readonly<Record<CellState, Tone>> = {
  ...{ done: 'good', checking: 'info', working: 'info', waiting: 'neutral' },
  ...{ again: 'warn', failed: 'bad', cancelled: 'neutral', none: 'neutral' },
}

/** Jobs with who has them and how they fare. */
export function JobLines({ jobs }: { readonly jobs: readonly MappedJob[] }) {
  return (
    <div className={styles['jobScroll']}>
      <table className={styles['jobs']}>
        <thead>
          <tr>
            <th>Job</th>
            <th>Makes</th>
            <th>State</th>
            <th>Runner</th>
            <th>Time</th>
            <th>Speed</th>
            <th>Failures</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobLine key={job.uuid} job={job} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function JobLine({ job }: { readonly job: MappedJob }) {
  const { uuid, label, renditions, progress, runner, wallSeconds, speed, failures, error } = job
  const state = stateOfJob(job)
  return (
    <tr>
      <td>
        <Link to={`/jobs?job=${uuid}`}>{label}</Link>
      </td>
      <td>{renditions.join(', ') || '–'}</td>
      <td>
        <Badge tone={tones[state]} {...(error ? { title: error.message } : {})}>
          {wordOf(state)}
          {state === 'working' ? ` ${formatShare(progress)}` : ''}
        </Badge>
      </td>
      <td>{runner ?? '–'}</td>
      <td>{wallSeconds === null ? '–' : formatTaken(wallSeconds)}</td>
      <td>{speed === null ? '–' : `${speed.toFixed(1)} ×`}</td>
      <td>{failures}</td>
    </tr>
  )
}
