import type { ReactNode } from 'react'
import styles from './card.module.css'
import { classNames } from './class-names.ts'

/** A part of a page on a surface of its own, with its heading and what can be done with it. */
export function Card({
  title,
  actions,
  flush = false,
  className,
  children,
}: {
  readonly title?: ReactNode
  readonly actions?: ReactNode
  /** Without space around its content, as for tables. */
  readonly flush?: boolean
  readonly className?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <section className={classNames(styles['card'], className)}>
      {title || actions ? (
        <div className={styles['head']}>
          {title ? <h2 className={styles['title']}>{title}</h2> : null}
          {actions ? <div className={styles['actions']}>{actions}</div> : null}
        </div>
      ) : null}
      <div className={flush ? styles['flush'] : styles['body']}>{children}</div>
    </section>
  )
}
