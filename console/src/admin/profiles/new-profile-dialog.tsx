import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useTell } from '../../ui/toasts.tsx'
import styles from './editor.module.css'
import { useProfileChanges, useProfiles } from './use-profiles.ts'

/** Makes a profile out of another one, which is then edited. */
export function NewProfileDialog({
  open,
  from = 'default',
  onClose,
}: {
  readonly open: boolean
  readonly from?: string
  readonly onClose: () => void
}) {
  const { data: profiles = [] } = useProfiles()
  const { save } = useProfileChanges()
  const navigate = useNavigate()
  const tell = useTell()
  const [name, setName] = useState('')
  const [origin, setOrigin] = useState(from)
  const [isBusy, setBusy] = useState(false)
  const fault = findFault(name, profiles)
  const create = async (event: FormEvent) => {
    event.preventDefault()
    const model = profiles.find((each) => each.name === origin)?.profile
    if (name === '' || fault || !model) return
    setBusy(true)
    try {
      await save(name, { profile: { ...model, name }, note: `Made from ${origin}`, expected: 0 })
      onClose()
      setName('')
      await navigate(`/profiles/${name}`)
    } catch (error) {
      tell.bad(`${name} was not made.`, error)
    }
    setBusy(false)
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="small"
      title="New profile"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="new-profile"
            busy={isBusy}
            disabled={name === '' || fault !== null}
          >
            Make it
          </Button>
        </>
      }
    >
      <form id="new-profile" className={styles['stack']} onSubmit={(event) => void create(event)}>
        <TextField
          label="Name"
          hint="Lower case letters, digits and “-”. Applications name it when a video comes."
          error={name === '' ? undefined : (fault ?? undefined)}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <SelectField
          label="Begins as"
          value={origin}
          onChange={({ target }) => setOrigin(target.value)}
        >
          {profiles
            .filter(({ problems }) => problems.length === 0)
            .map((each) => (
              <option key={each.name} value={each.name}>
                {each.name}
              </option>
            ))}
        </SelectField>
      </form>
    </Dialog>
  )
}

function findFault(name: string, others: readonly { readonly name: string }[]): string | null {
  if (others.some((each) => each.name === name)) return 'There is one of that name.'
  const isName = /^[a-z0-9][a-z0-9-]{0,63}$/.test(name)
  return isName ? null : 'Lower case letters, digits and “-”, 64 at most.'
}
