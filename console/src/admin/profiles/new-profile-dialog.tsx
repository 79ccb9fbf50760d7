import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useTell } from '../../ui/toasts.tsx'
import styles from './editor.module.css'
import { type Profile, useProfileChanges, useProfiles } from './use-profiles.ts'

interface Places {
  readonly open: boolean
  readonly from?: string
  readonly onClose: () => void
}

/** Makes a profile out of another one, which is then edited. */
export function NewProfileDialog({ open, from = 'default', onClose }: Places) {
  const { data: profiles = [] } = useProfiles()
  const [name, setName] = useState('')
  const [origin, setOrigin] = useState(from)
  const { create, isBusy } = useCreation(profiles, onClose)
  const fault = findFault(name, profiles)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name !== '' && !fault) void create(name, origin).then((isMade) => isMade && setName(''))
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
      <form id="new-profile" className={styles['stack']} onSubmit={submit}>
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
          {listModels(profiles)}
        </SelectField>
      </form>
    </Dialog>
  )
}

function listModels(profiles: readonly Profile[]) {
  return profiles
    .filter(({ problems }) => problems.length === 0)
    .map(({ name }) => (
      <option key={name} value={name}>
        {name}
      </option>
    ))
}

/** Saves a copy under another name and opens it. */
function useCreation(profiles: readonly Profile[], onMade: () => void) {
  const { save } = useProfileChanges()
  const navigate = useNavigate()
  const tell = useTell()
  const [isBusy, setBusy] = useState(false)
  const create = async (name: string, origin: string): Promise<boolean> => {
    const model = profiles.find((each) => each.name === origin)?.profile
    if (!model) return false
    setBusy(true)
    try {
      await save(name, { profile: { ...model, name }, note: `Made from ${origin}`, expected: 0 })
      onMade()
      await navigate(`/profiles/${name}`)
      return true
    } catch (error) {
      tell.bad(`${name} was not made.`, error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { create, isBusy }
}

function findFault(name: string, others: readonly { readonly name: string }[]): string | null {
  if (others.some((each) => each.name === name)) return 'There is one of that name.'
  const isName = /^[a-z0-9][a-z0-9-]{0,63}$/.test(name)
  return isName ? null : 'Lower case letters, digits and “-”, 64 at most.'
}
