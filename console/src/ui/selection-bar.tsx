import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import styles from './selection-bar.module.css'

/** What can be done with the chosen rows, for as long as some are; it stays in sight. */
export function SelectionBar({
  text,
  onClear,
  children,
}: {
  /** How many of what are chosen. */
  readonly text: string
  readonly onClear: () => void
  readonly children: ReactNode
}) {
  return (
    <section className={styles['bar']} aria-label="What was chosen">
      <strong role="status">{text}</strong>
      <div className={styles['actions']}>
        {children}
        <Button look="quiet" size="small" onClick={onClear}>
          Choose none
        </Button>
      </div>
    </section>
  )
}
