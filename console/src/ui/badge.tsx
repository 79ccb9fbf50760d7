import type { ReactNode } from 'react'
import styles from './badge.module.css'
import { classNames } from './class-names.ts'
import tones from './tones.module.css'

/** What a state means for somebody who looks: still waiting, at work, well, doubtful, wrong. */
export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad'

/** A word on a wash of its tone; with a dot where it is a state that changes. */
export function Badge({
  tone = 'neutral',
  dot = false,
  title,
  children,
}: {
  readonly tone?: Tone
  readonly dot?: boolean
  readonly title?: string
  readonly children: ReactNode
}) {
  return (
    <span className={classNames(styles['badge'], tones[tone])} title={title}>
      {dot ? <span className={styles['dot']} aria-hidden="true" /> : null}
      {children}
    </span>
  )
}
