import { ChooseAllCell } from '../../ui/choose.tsx'
import { classNames } from '../../ui/class-names.ts'
import { cells, Table } from '../../ui/table.tsx'
import type { Selection } from '../../ui/use-selection.ts'
import { RunnerRow } from './runner-row.tsx'
import styles from './runners.module.css'
import type { Governing } from './use-govern.tsx'
import type { Runner } from './use-runners.ts'

/** Runners, one a line. */
export function RunnerTable({
  runners,
  selection,
  onGovern,
}: {
  readonly runners: readonly Runner[]
  readonly selection: Selection
  readonly onGovern: (action: Governing, runners: readonly Runner[]) => void
}) {
  return (
    <Table label="Runners" className={styles['table']}>
      <thead>
        <tr>
          <ChooseAllCell selection={selection} total={runners.length} />
          <th>Runner</th>
          <th className={cells.roomy}>State</th>
          <th className={cells.roomy}>In hand</th>
          <th className={classNames(cells.number, cells.roomy)}>Speed</th>
          <th className={classNames(cells.number, cells.roomy)}>Last day</th>
          <th className={cells.tight}>
            <span className="hidden-text">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runners.map((runner) => (
          <RunnerRow
            key={runner.id}
            runner={runner}
            isChosen={selection.ids.has(String(runner.id))}
            onChoose={selection.choose}
            onGovern={onGovern}
          />
        ))}
      </tbody>
    </Table>
  )
}
