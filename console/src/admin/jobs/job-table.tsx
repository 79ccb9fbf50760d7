import type { Schemas } from '../../api/client.ts'
import { ChooseAllCell } from '../../ui/choose.tsx'
import { classNames } from '../../ui/class-names.ts'
import { cells, Table } from '../../ui/table.tsx'
import type { Selection } from '../../ui/use-selection.ts'
import { JobRow } from './job-row.tsx'
import styles from './jobs.module.css'
import type { JobAction } from './use-job-actions.tsx'

type Job = Schemas['RunnerJob']

/** Jobs, one a line, to choose from and to look into. */
export function JobTable({
  jobs,
  selection,
  onAct,
}: {
  readonly jobs: readonly Job[]
  readonly selection: Selection
  readonly onAct: (action: JobAction, job: Job) => void
}) {
  return (
    <Table label="Jobs" className={styles['table']}>
      <thead>
        <tr>
          <ChooseAllCell selection={selection} total={jobs.length} />
          <th className={cells.wide}>Job</th>
          <th className={cells.roomy}>State</th>
          <th className={cells.roomy}>Runner</th>
          <th className={classNames(cells.number, cells.roomy)}>Failures</th>
          <th className={classNames(cells.number, cells.roomy)}>Priority</th>
          <th className={classNames(cells.number, cells.roomy)}>Created</th>
          <th className={classNames(cells.number, cells.roomy)}>Took</th>
          <th className={cells.tight}>
            <span className="hidden-text">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow
            key={job.uuid}
            job={job}
            isChosen={selection.ids.has(job.uuid)}
            onChoose={selection.choose}
            onAct={onAct}
          />
        ))}
      </tbody>
    </Table>
  )
}
