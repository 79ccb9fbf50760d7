import { Link } from 'react-router'
import { Banner, Skeleton } from '../../ui/states.tsx'
import { checkPlaces } from '../check-words.ts'
import styles from './health-banner.module.css'
import type { Statistics } from './statistics-queries.ts'

const tones = { well: 'good', warning: 'warn', failing: 'bad' } as const
const ranks = { failing: 0, warning: 1, well: 2 } as const

/** Whether all is well; else what is wrong, the worst first, each with the way there (P-71). */
export function HealthBanner({ statistics }: { readonly statistics: Statistics | undefined }) {
  if (!statistics) return <Skeleton height="2.25rem" />
  const { checks } = statistics.health
  const unwell = checks.filter((check) => check.state !== 'well')
  const wrong = unwell
    // The console says that on every page.
    .filter(({ name }) => name !== 'policies')
    .toSorted((one, other) => ranks[one.state] - ranks[other.state])
  if (wrong.length === 0 && unwell.length > 0) return null
  return (
    <Banner tone={tones[wrong[0]?.state ?? 'well']}>
      {wrong.length === 0 ? (
        <p>
          <strong>All is well.</strong> {checks.find(({ name }) => name === 'runners')?.sentence}
        </p>
      ) : (
        <ul className={styles['list']}>
          {wrong.map(({ name, sentence }) => (
            <li key={name} className={styles['problem']}>
              <span>{sentence}</span>
              <Link to={checkPlaces[name]?.to ?? '/system'}>{checkPlaces[name]?.link ?? name}</Link>
            </li>
          ))}
        </ul>
      )}
    </Banner>
  )
}
