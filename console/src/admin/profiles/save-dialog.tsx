import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { countOf } from '../../words/amounts.ts'
import { DiffView } from './diff-view.tsx'
import type { DraftValue } from './draft-value.ts'
import styles from './editor.module.css'

/** Shows what changes before it is saved, and asks why. */
export function SaveDialog({
  open,
  before,
  after,
  videos,
  onClose,
  onSave,
}: {
  readonly open: boolean
  readonly before: DraftValue
  readonly after: DraftValue
  readonly videos: number
  readonly onClose: () => void
  /** Whether it was saved. */
  readonly onSave: (note: string) => Promise<boolean>
}) {
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    if (await onSave(note.trim())) setNote('')
    setBusy(false)
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Save as a new version"
      description={`It holds for videos that come from now on. ${countOf(videos, 'video keeps', 'videos keep')} what was made of them.`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="save-profile" busy={isBusy}>
            Save
          </Button>
        </>
      }
    >
      <form id="save-profile" className={styles['stack']} onSubmit={(event) => void save(event)}>
        <DiffView before={before} after={after} />
        <TextField
          label="Note"
          hint="Why it is changed, for those who ask later."
          maxLength={500}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </form>
    </Dialog>
  )
}
