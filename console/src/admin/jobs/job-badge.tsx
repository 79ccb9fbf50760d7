import type { Schemas } from '../../api/client.ts'
import { Badge } from '../../ui/badge.tsx'
import { jobStateWords, stateOf } from '../../words/job-states.ts'

/** The state of a job. */
export function JobBadge({ job }: { readonly job: Pick<Schemas['RunnerJob'], 'state' | 'error'> }) {
  const { word, tone } = jobStateWords[stateOf(job)]
  return (
    <Badge tone={tone} dot {...(job.error === null ? {} : { title: job.error })}>
      {word}
    </Badge>
  )
}
