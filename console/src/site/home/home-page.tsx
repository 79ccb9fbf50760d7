import { useSearchParams } from 'react-router'
import { hasRole, useSession, useSite } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { SearchField } from '../../ui/filter-bar.tsx'
import { useTitle } from '../../ui/page-head.tsx'
import { Failure } from '../../ui/states.tsx'
import styles from './grid.module.css'
import { Grid } from './grid.tsx'
import { NothingListed } from './nothing.tsx'
import { readWish, type Wish, writeWish } from './which-videos.ts'

/** The videos that one may see (C-02). */
export default function HomePage() {
  const { data: site, error, refetch } = useSite()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchParams()
  const wish = readWish(search)
  useTitle('')
  const change = (next: Partial<Wish>) =>
    setSearch(writeWish({ ...wish, ...next }), { replace: true, preventScrollReset: true })
  const isListed = site?.site === 'public' || hasRole(session, 'viewer')
  const isHidden = site !== undefined && !isListed
  const heading = <h1>{wish.mine ? 'My videos' : 'Videos'}</h1>
  if (!site && error) return <Failure error={error} onRetry={() => void refetch()} />
  if (isHidden) {
    return (
      <>
        {heading}
        <NothingListed site={site.site} />
      </>
    )
  }
  return (
    <>
      <div className={styles['bar']}>
        {heading}
        <search className={styles['search']}>
          <SearchField
            label="Search by title"
            value={wish.q}
            maxLength={200}
            onChange={(q) => change({ q })}
          />
        </search>
        {session?.user ? (
          <Button
            aria-pressed={wish.mine}
            look={wish.mine ? 'primary' : 'secondary'}
            onClick={() => change({ mine: !wish.mine })}
          >
            Mine
          </Button>
        ) : null}
      </div>
      <Grid wish={wish} enabled={isListed} />
    </>
  )
}
