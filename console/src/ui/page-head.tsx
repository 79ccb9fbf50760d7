import { type ReactNode, useEffect } from 'react'
import styles from './page-head.module.css'

/** The heading of a page, which is its title in the browser too, and what can be done there. */
export function PageHead({
  title,
  name = title,
  above,
  text,
  actions,
}: {
  /** For the browser's title. */
  readonly title: string
  /** As it stands on the page, where that is more than words. */
  readonly name?: ReactNode
  /** A way back, above it. */
  readonly above?: ReactNode
  readonly text?: ReactNode
  readonly actions?: ReactNode
}) {
  useTitle(title)
  return (
    <header className={styles['head']}>
      <div className={styles['words']}>
        {above ? <div className={styles['above']}>{above}</div> : null}
        <h1>{name}</h1>
        {text ? <p className={styles['text']}>{text}</p> : null}
      </div>
      {actions ? <div className={styles['actions']}>{actions}</div> : null}
    </header>
  )
}

/** Says in the browser's title where one is. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Reelmill' : `${title} · Reelmill`
  }, [title])
}
