import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import styles from './dialog.module.css'

/**
 * A window above the page, the browser's own: it keeps the focus, escape and a press beside it close
 * it, and the focus goes back where it was. `foot` holds its buttons, the one that goes on last.
 */
export function Dialog({
  open,
  onClose,
  title,
  description,
  foot,
  size = 'medium',
  children,
}: {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly foot?: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
  readonly children?: ReactNode
}) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    // The keys for it are the browser's: escape closes it.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      aria-labelledby={id}
      aria-describedby={description ? `${id}-said` : undefined}
      className={classNames(styles['dialog'], styles[size])}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {open ? (
        <div className={styles['popup']}>
          <div className={styles['head']}>
            <h2 id={id} className={styles['title']}>
              {title}
            </h2>
            <IconButton label="Close" size="small" onClick={onClose}>
              <X />
            </IconButton>
          </div>
          {description ? (
            <div id={`${id}-said`} className={styles['description']}>
              {description}
            </div>
          ) : null}
          {children ? <div className={styles['body']}>{children}</div> : null}
          {foot ? <div className={styles['foot']}>{foot}</div> : null}
        </div>
      ) : null}
    </dialog>
  )
}
