import { X } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Choice, FilterBar, SearchField } from '../../ui/filter-bar.tsx'
import { jobTypeWords } from '../../words/job-states.ts'
import { useRunners } from '../runners/use-runners.ts'
import { isFiltered, type JobFilters, writeJobFilters } from './job-filters.ts'

/** Which jobs are listed. It is in the address: what was found can be sent to others. */
export function JobFilterBar({ filters }: { readonly filters: JobFilters }) {
  const [, setParams] = useSearchParams()
  const { data: runners = [] } = useRunners()
  const change = (changes: Partial<JobFilters>) =>
    setParams((before) => writeJobFilters(before, changes), { replace: true })
  return (
    <FilterBar>
      <SearchField
        label="Search by name, video, runner or uuid"
        value={filters.q}
        onChange={(q) => change({ q })}
      />
      <Choice
        label="Type"
        value={filters.type}
        all="Any type"
        options={Object.entries(jobTypeWords)}
        onChange={(type) => change({ type })}
      />
      <Choice
        label="Runner"
        value={filters.runner}
        all="Any runner"
        options={runners.map(({ id, name }) => [String(id), name])}
        onChange={(runner) => change({ runner })}
      />
      {filters.video === '' ? null : (
        <Button icon={<X />} onClick={() => change({ video: '' })}>
          Of one video
        </Button>
      )}
      {isFiltered(filters) ? (
        <Button look="quiet" icon={<X />} onClick={() => setParams({}, { replace: true })}>
          Clear
        </Button>
      ) : null}
    </FilterBar>
  )
}
