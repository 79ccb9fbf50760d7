import { X } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
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
  closesBeside = true,
  children,
}: {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly foot?: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
  /** False where it shows what nobody can be shown again: then a press beside it closes nothing. */
  readonly closesBeside?: boolean
  readonly children?: ReactNode
}) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const told = useModal(dialog, open, onClose)
  const beside = usePressBeside(dialog, closesBeside, onClose)
  return (
    // The keys for it are the browser's: escape closes it.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      aria-labelledby={id}
      aria-describedby={description ? `${id}-said` : undefined}
      className={classNames(styles['dialog'], styles[size])}
      onClose={told}
      onPointerDown={beside.press}
      onClick={beside.click}
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

type Place = RefObject<HTMLDialogElement | null>

/**
 * Opens and closes the browser's window.
 *
 * @returns what is to hear of its end: it tells of what a person closed, not of what the page did.
 */
function useModal(dialog: Place, open: boolean, onClose: () => void): () => void {
  const isAsked = useRef(false)
  useEffect(() => {
    const shown = dialog.current
    if (!open || !shown) return
    isAsked.current = true
    shown.showModal()
    // Also where all of it goes from the page: closed first, it gives the focus back.
    return () => {
      isAsked.current = false
      shown.close()
    }
  }, [dialog, open])
  // The browser tells a little later: by then it may be open again.
  return () => {
    if (isAsked.current && dialog.current?.open === false) onClose()
  }
}

/** A press beside it, all of it: text that is marked from inside to beside it ends in a click there, too. */
function usePressBeside(dialog: Place, isHeard: boolean, onClose: () => void) {
  const isBegun = useRef(false)
  return {
    press: ({ target }: { readonly target: EventTarget }) => {
      isBegun.current = isHeard && target === dialog.current
    },
    click: ({ target }: { readonly target: EventTarget }) => {
      if (isBegun.current && target === dialog.current) onClose()
    },
  }
}
