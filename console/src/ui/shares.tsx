import type { ReactNode } from 'react'
import type { ChartTone } from './chart/chart-series.ts'
import { classNames } from './class-names.ts'
import styles from './shares.module.css'
import tones from './tones.module.css'

export interface Share {
  readonly name: string
  readonly amount: number
  /** The amount as it is written. */
  readonly text: ReactNode
  readonly tone: ChartTone
}

/** What a whole is made of: a bar of parts, and each part with its amount below it. */
export function Shares({
  label,
  shares,
}: {
  readonly label: string
  readonly shares: readonly Share[]
}) {
  return (
    <div className={styles['shares']}>
      <div className={styles['bar']} aria-hidden="true">
        {shares
          .filter(({ amount }) => amount > 0)
          .map(({ name, amount, tone }) => (
            <span
              key={name}
              className={classNames(styles['part'], tones[tone])}
              style={{ flexGrow: amount }}
            />
          ))}
      </div>
      <ul className={styles['list']} aria-label={label}>
        {shares.map(({ name, text, tone }) => (
          <li key={name} className={styles['share']}>
            <span className={classNames(styles['mark'], tones[tone])} aria-hidden="true" />
            <span className={styles['name']}>{name}</span>
            <span className={styles['amount']}>{text}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
