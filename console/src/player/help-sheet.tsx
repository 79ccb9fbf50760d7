import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '../ui/button.tsx'
import styles from './help-sheet.module.css'
import { keyHelp } from './key-actions.ts'

/** The keys, above the picture, so that it is there in full screen too. */
export function HelpSheet({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const close = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const before = document.activeElement
    close.current?.querySelector('button')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [isOpen])
  if (!isOpen) return null
  return (
    <div
      ref={close}
      className={styles['sheet']}
      role="dialog"
      aria-label="Keys"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className={styles['head']}>
        <h2>Keys</h2>
        <IconButton label="Close" size="small" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <dl className={styles['keys']}>
        {keyHelp.map(({ keys, does }) => (
          <div key={does} className={styles['row']}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
