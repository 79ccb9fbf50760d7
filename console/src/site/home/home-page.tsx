import { useId } from 'react'
import { useSearchParams } from 'react-router'
import { hasRole, useSession, useSite } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useTitle } from '../../ui/page-head.tsx'
import styles from './grid.module.css'
import { Grid } from './grid.tsx'
import { NothingListed } from './nothing.tsx'
import { readWish, type Wish, writeWish } from './which-videos.ts'

/** The videos that one may see (C-02). */
export default function HomePage() {
  const { data: site } = useSite()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchParams()
  const wish = readWish(search)
  useTitle('')
  const change = (next: Partial<Wish>) =>
    setSearch(writeWish({ ...wish, ...next }), { replace: true, preventScrollReset: true })
  const isListed = site?.site === 'public' || hasRole(session, 'viewer')
  const isHidden = site !== undefined && !isListed
  const heading = <h1>{wish.mine ? 'My videos' : 'Videos'}</h1>
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
        <Search wish={wish} onChange={change} />
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

function Search({
  wish,
  onChange,
}: {
  readonly wish: Wish
  readonly onChange: (next: Partial<Wish>) => void
}) {
  const id = useId()
  return (
    <form role="search" aria-labelledby={id} className={styles['search']}>
      <span id={id} className="hidden-text">
        Search videos
      </span>
      <TextField
        label="Search by title"
        labelHidden
        type="search"
        placeholder="Search"
        maxLength={200}
        defaultValue={wish.q}
        onInput={(event) => onChange({ q: event.currentTarget.value })}
      />
    </form>
  )
}
