import { Link, useSearchParams } from 'react-router'
import { classNames } from '../../ui/class-names.ts'
import { type JobState, jobStateWords } from '../../words/job-states.ts'
import { type JobFilters, writeJobFilters } from './job-filters.ts'
import styles from './state-tabs.module.css'
import { useJobCounts } from './use-jobs.ts'

/** In the order in which one asks for them; the rare ones only where there are any. */
const shown: readonly JobState[] = [
  ...(['processing', 'pending', 'waiting_for_parent', 'errored', 'cancelled'] as const),
  ...(['completed', 'completing', 'parent_errored', 'parent_cancelled'] as const),
]
const always: readonly JobState[] = ['processing', 'pending', 'errored', 'cancelled', 'completed']
/** The API counts no further. */
const countedAtMost = 10_000

/** The states of the jobs that fit, with how many are in each; one of them can be chosen. */
export function StateTabs({ filters }: { readonly filters: JobFilters }) {
  const [params] = useSearchParams()
  const { data: counts } = useJobCounts(filters)
  const tab = (state: JobState | '', word: string) => (
    <Link
      key={state}
      to={{ search: writeJobFilters(params, { state }).toString() }}
      replace
      aria-current={filters.state === state ? 'true' : undefined}
      className={classNames(styles['tab'], filters.state === state && styles['chosen'])}
    >
      {word}
      {state === '' || !counts ? null : (
        <span className={styles['count']}>{formatCount(counts[state] ?? 0)}</span>
      )}
    </Link>
  )
  const fitting = shown.filter(
    (state) => always.includes(state) || state === filters.state || (counts?.[state] ?? 0) > 0,
  )
  return (
    <nav className={styles['tabs']} aria-label="States">
      {tab('', 'All')}
      {fitting.map((state) => tab(state, jobStateWords[state].word))}
    </nav>
  )
}

function formatCount(count: number): string {
  return count < countedAtMost ? count.toLocaleString() : `${countedAtMost.toLocaleString()}+`
}
