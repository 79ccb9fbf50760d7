import { Dialog } from '../ui/dialog.tsx'
import styles from './help-sheet.module.css'
import { keyHelp } from './key-actions.ts'

/** The keys. */
export function HelpSheet({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  return (
    <Dialog open={isOpen} onClose={onClose} title="Keys" size="large">
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
    </Dialog>
  )
}
