import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Banner } from '../../ui/states.tsx'
import styles from './people.module.css'

/** A secret that was made. */
export interface Secret {
  /** "The password of ada" */
  readonly title: string
  readonly text: string
}

/** Shows a secret that nobody can be shown again; null: there is none. */
export function ShownOnce({
  secret,
  onClose,
}: {
  readonly secret: Secret | null
  readonly onClose: () => void
}) {
  return (
    <Dialog
      open={secret !== null}
      onClose={onClose}
      closesBeside={false}
      title={secret?.title}
      foot={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className={styles['form']}>
        <Banner tone="warn">Copy it now: it is shown only this once.</Banner>
        <CopyBox text={secret?.text ?? ''} label="it" />
      </div>
    </Dialog>
  )
}
