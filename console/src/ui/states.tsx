import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import styles from './states.module.css'
import tones from './tones.module.css'

/** Nothing is here yet: why, and what to do about it. */
export function Empty({
  title,
  icon,
  children,
  action,
}: {
  readonly title: string
  readonly icon?: ReactNode
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className={styles['empty']}>
      {icon ? (
        <div className={styles['icon']} aria-hidden="true">
          {icon}
        </div>
      ) : null}
      <p className={styles['title']}>{title}</p>
      {children ? <div className={styles['text']}>{children}</div> : null}
      {action}
    </div>
  )
}

/** Something could not be read: the server's sentence, and another try. */
export function Failure({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry?: () => void
}) {
  return (
    <div className={styles['empty']} role="alert">
      <p className={styles['title']}>This could not be loaded.</p>
      <p className={styles['text']}>{error instanceof Error ? error.message : String(error)}</p>
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </div>
  )
}

/** A grey place where something will be; it has the size that this will have. */
export function Skeleton({
  width = '100%',
  height = '1em',
}: {
  readonly width?: string
  readonly height?: string
}) {
  return <span className={styles['skeleton']} style={{ width, height }} aria-hidden="true" />
}

/** Something that people should know before they go on. */
export function Banner({
  tone,
  action,
  children,
}: {
  readonly tone: 'info' | 'good' | 'warn' | 'bad'
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div
      className={classNames(styles['banner'], tones[tone])}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      <div className={styles['said']}>{children}</div>
      {action}
    </div>
  )
}
