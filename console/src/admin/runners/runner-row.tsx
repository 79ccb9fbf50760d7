import { Link } from 'react-router'
import { Badge } from '../../ui/badge.tsx'
import { ChooseCell } from '../../ui/choose.tsx'
import { classNames } from '../../ui/class-names.ts'
import { cells } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { formatSpeed } from '../../words/runner-states.ts'
import { JobsInHand } from './jobs-in-hand.tsx'
import { RunnerMenu } from './runner-menu.tsx'
import { OnlineDot, RunnerState } from './runner-state.tsx'
import styles from './runners.module.css'
import type { Governing } from './use-govern.tsx'
import type { Runner } from './use-runners.ts'

const figure = classNames(cells.number, cells.roomy)

/** A runner as a line of the list. */
export function RunnerRow({
  runner,
  isChosen,
  onChoose,
  onGovern,
}: {
  readonly runner: Runner
  readonly isChosen: boolean
  readonly onChoose: (id: string, isChosen: boolean) => void
  readonly onGovern: (action: Governing, runners: readonly Runner[]) => void
}) {
  const { id, name, work } = runner
  return (
    <tr aria-selected={isChosen}>
      <ChooseCell
        name={name}
        isChosen={isChosen}
        onChoose={(chosen) => onChoose(String(id), chosen)}
      />
      <td>
        <div className={styles['who']}>
          <OnlineDot online={runner.online} />
          <Link to={`?runner=${id}`} className={styles['name']} title={name}>
            {name}
          </Link>
          {runner.local ? <Badge title="In the care of this server">local</Badge> : null}
        </div>
        <div className={styles['below']}>
          {runner.version === null ? 'version unknown' : `v${runner.version}`} · last contact{' '}
          <TimeAgo at={runner.lastContact} />
        </div>
        <div className={styles['narrow']}>
          <RunnerState runner={runner} />
          <JobsInHand runner={runner} most={2} />
        </div>
      </td>
      <td className={cells.roomy}>
        <RunnerState runner={runner} />
      </td>
      <td className={classNames(styles['hands'], cells.roomy)}>
        <JobsInHand runner={runner} most={3} />
      </td>
      <td className={figure}>
        {work.speed === null ? (
          <span className={styles['soft']}>–</span>
        ) : (
          <span title="How much faster one of its jobs is than its video lasts">
            {formatSpeed(work.speed)}
          </span>
        )}
      </td>
      <td className={figure}>
        <LastDay runner={runner} />
      </td>
      <td className={cells.tight}>
        <RunnerMenu runner={runner} onGovern={onGovern} />
      </td>
    </tr>
  )
}

function LastDay({ runner: { id, work } }: { readonly runner: Runner }) {
  const { completed, failed, lastFailure } = work
  return (
    <>
      {completed.toLocaleString()} done
      {failed === 0 ? null : (
        <div className={styles['failed']}>
          {lastFailure ? (
            <Link to={`/jobs?runner=${id}&job=${lastFailure.jobUuid}`} title={lastFailure.message}>
              {failed.toLocaleString()} failed
            </Link>
          ) : (
            `${failed.toLocaleString()} failed`
          )}
        </div>
      )}
    </>
  )
}
