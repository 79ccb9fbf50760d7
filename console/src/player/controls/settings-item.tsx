import { Check, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './settings-menu.module.css'

/** A line of the menu. */
export function SettingsItem({
  icon,
  isChosen,
  opens = false,
  onChoose,
  children,
}: {
  readonly icon?: ReactNode
  /** Of an option; left out: it is something to do. */
  readonly isChosen?: boolean
  /** Another list, which the right arrow opens too. */
  readonly opens?: boolean
  readonly onChoose: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      className={styles['item']}
      role={isChosen === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={isChosen}
      aria-haspopup={opens ? 'menu' : undefined}
      tabIndex={-1}
      onClick={onChoose}
    >
      <span className={styles['mark']}>{isChosen ? <Check /> : icon}</span>
      {children}
      {opens ? <ChevronRight className={styles['opens']} /> : null}
    </button>
  )
}
