import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'
import { Link } from 'react-router'
import { Card } from '../../ui/card.tsx'
import { classNames } from '../../ui/class-names.ts'
import { checkPlaces, checkStates } from '../check-words.ts'
import styles from './checks.module.css'
import type { System } from './system-query.ts'

const icons = { well: CircleCheck, warning: CircleAlert, failing: CircleX } as const

/** Every check with its sentence; what is found elsewhere is linked. */
export function Checks({ checks }: { readonly checks: System['checks'] }) {
  return (
    <Card title="Checks" flush>
      <ul className={styles['checks']}>
        {checks.map(({ name, state, sentence }) => {
          const Icon = icons[state]
          const place = checkPlaces[name]
          const isElsewhere = place !== undefined && place.to !== '/system'
          return (
            <li key={name} className={styles['check']}>
              <span className={classNames(styles['icon'], styles[state])}>
                <Icon aria-hidden="true" />
                <span className="hidden-text">{checkStates[state].word}:</span>
              </span>
              <span className={styles['name']}>
                {isElsewhere ? <Link to={place.to}>{place.word}</Link> : (place?.word ?? name)}
              </span>
              <span className={styles['sentence']}>{sentence}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
