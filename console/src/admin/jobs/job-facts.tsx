import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { Facts } from '../../ui/facts.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { jobTypeWords, stateOf } from '../../words/job-states.ts'
import { formatTaken } from '../../words/times.ts'
import { JobBadge } from './job-badge.tsx'
import { summarizePayload } from './payload-facts.ts'
import { useWayToJob } from './way-to-job.ts'

type Job = Schemas['RunnerJobDetails']

/** What a job is, where it stands, and what it was told to do. */
export function JobFacts({ job }: { readonly job: Job }) {
  const { runner, cpuSeconds, encoders, videoId, videoName } = job
  return (
    <Facts
      facts={[
        [
          'Video',
          <Link key="video" to={`/videos/${videoId}`}>
            {videoName}
          </Link>,
        ],
        ['Type', `${jobTypeWords[job.type] ?? 'Job'} (${job.type})`],
        ...summarizePayload(job),
        [
          'Runner',
          runner ? <Link to={`/runners?runner=${runner.id}`}>{runner.name}</Link> : 'None',
        ],
        ['Parent', job.parent ? <Parent parent={job.parent} /> : null],
        [
          'Needed',
          job.required
            ? 'Its video waits for it, and fails with it'
            : 'Its video can do without it',
        ],
        ['Encoders', encoders.length === 0 ? null : encoders.join(', ')],
        ['Priority', `${job.priority} (lower first)`],
        ['Failures', String(job.failures)],
        ['Processor time', cpuSeconds === null ? null : formatTaken(cpuSeconds)],
        ['Created', <TimeAgo key="created" at={job.createdAt} />],
        ['Started', timeOf(job.startedAt)],
        ['Finished', timeOf(job.finishedAt)],
        ['Changed', <TimeAgo key="changed" at={job.updatedAt} />],
        ['Token', stateOf(job) === 'processing' ? 'Held by its runner; never shown' : null],
        ['UUID', <code key="uuid">{job.uuid}</code>],
      ]}
    />
  )
}

function timeOf(at: string | null): ReactNode {
  return at === null ? null : <TimeAgo at={at} />
}

function Parent({ parent }: { readonly parent: NonNullable<Job['parent']> }) {
  const toJob = useWayToJob()
  return (
    <>
      <Link to={toJob(parent.uuid)}>{jobTypeWords[parent.type] ?? parent.type}</Link>{' '}
      <JobBadge job={{ state: parent.state, error: null }} />
    </>
  )
}
