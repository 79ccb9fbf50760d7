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
  const { state, checks } = statistics.health
  const wrong = checks
    .filter((check) => check.state !== 'well')
    .toSorted((one, other) => ranks[one.state] - ranks[other.state])
  return (
    <Banner tone={tones[state]}>
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
