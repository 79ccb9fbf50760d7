import { X } from 'lucide-react'
import { useSearchParams } from 'react-router'
import type { Video } from '../../../api/client.ts'
import { useSession } from '../../../api/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, FilterBar, SearchField } from '../../../ui/filter-bar.tsx'
import { videoStates } from '../../../words/video-states.ts'
import { useProfileNames } from '../use-profiles.ts'
import { type Filters, isFiltered, periods, readFilters, sorts, writeFilters } from './filters.ts'

/** Search, filters and order of the list. They are in the address: what was found can be sent to others. */
export function VideoFilters({ videos }: { readonly videos: readonly Video[] }) {
  const [params, setParams] = useSearchParams()
  const filters = readFilters(params)
  const profiles = useProfileNames()
  const change = (changes: Partial<Filters>) =>
    setParams((before) => writeFilters(before, changes), { replace: true })
  return (
    <FilterBar>
      <SearchField label="Search by name" value={filters.q} onChange={(q) => change({ q })} />
      <Choice
        label="State"
        value={filters.state}
        all="Any state"
        options={[
          ['working', 'In progress'],
          ...Object.entries(videoStates).map(([state, { word }]) => [state, word] as const),
        ]}
        onChange={(state) => change({ state: state as Filters['state'] })}
      />
      <OwnerChoice videos={videos} value={filters.owner} onChange={(owner) => change({ owner })} />
      <Choice
        label="Profile"
        value={filters.profile}
        all="Any profile"
        options={profiles.map((profile) => [profile, profile] as const)}
        onChange={(profile) => change({ profile })}
      />
      <Choice
        label="Visibility"
        value={filters.visibility}
        all="Any visibility"
        options={[
          ['public', 'Public'],
          ['private', 'Private'],
        ]}
        onChange={(visibility) => change({ visibility: visibility as Filters['visibility'] })}
      />
      <Choice
        label="Created"
        value={filters.days}
        all="Any time"
        options={periods}
        onChange={(days) => change({ days })}
      />
      <Choice
        label="Order"
        value={filters.sort}
        options={Object.entries(sorts)}
        onChange={(sort) => change({ sort: sort as Filters['sort'] })}
      />
      {isFiltered(filters) ? (
        <Button look="quiet" icon={<X />} onClick={() => setParams({}, { replace: true })}>
          Clear
        </Button>
      ) : null}
    </FilterBar>
  )
}

type Option = readonly [value: string, word: string]

function OwnerChoice({
  videos,
  value,
  onChange,
}: {
  readonly videos: readonly Video[]
  readonly value: string
  readonly onChange: (owner: string) => void
}) {
  const { data: session } = useSession()
  const mine: readonly Option[] = session?.user ? [['me', 'My own']] : []
  const others = namesOf(videos, ({ owner }) => (owner ? [owner.id, owner.name] : null))
  return (
    <Choice
      label="Owner"
      value={value}
      all="Any owner"
      options={[...mine, ...others]}
      onChange={onChange}
    />
  )
}

/** What the listed videos have, each once, by its words. */
function namesOf(videos: readonly Video[], nameOf: (video: Video) => Option | null): Option[] {
  const names = new Map(videos.flatMap((video) => [nameOf(video)].filter((each) => each !== null)))
  return [...names].toSorted(([, a], [, b]) => a.localeCompare(b))
}
