import { Ban, Ellipsis, Info, RotateCcw } from 'lucide-react'
import type { Schemas } from '../../api/client.ts'
import { Menu, MenuItem, MenuLink } from '../../ui/menu.tsx'
import { isCancellable, isRetryable } from '../../words/job-states.ts'
import { type JobAction, nameOf } from './use-job-actions.tsx'
import { useWayToJob } from './way-to-job.ts'

type Job = Schemas['RunnerJob']

/** What can be done with a job. */
export function JobMenu({
  job,
  onAct,
}: {
  readonly job: Job
  readonly onAct: (action: JobAction, job: Job) => void
}) {
  const toJob = useWayToJob()
  return (
    <Menu label={`What to do with ${nameOf(job)}`} trigger={<Ellipsis />} size="small">
      <MenuLink to={toJob(job.uuid)} icon={<Info />}>
        Details
      </MenuLink>
      <MenuItem
        icon={<RotateCcw />}
        disabled={!isRetryable(job)}
        onChoose={() => onAct('retry', job)}
      >
        Retry
      </MenuItem>
      <MenuItem
        icon={<Ban />}
        isDanger
        disabled={!isCancellable(job)}
        onChoose={() => onAct('cancel', job)}
      >
        Cancel
      </MenuItem>
    </Menu>
  )
}
