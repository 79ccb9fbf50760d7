import { classNames } from '../../../ui/class-names.ts'
import { cellWords } from './cell-state.ts'
import styles from './chunk-map.module.css'

/** What the colours of the map mean. */
export function Legend() {
  return (
    <ul className={styles['legend']} aria-label="Legend">
      {Object.entries(cellWords).map(([state, word]) => (
        <li key={state}>
          <span className={classNames(styles['cell'], styles[state])} aria-hidden="true" />
          {word}
        </li>
      ))}
    </ul>
  )
}
