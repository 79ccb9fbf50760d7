import { type FormEvent, useId, useState } from 'react'
import { client, read } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Banner } from '../../ui/states.tsx'
import styles from './people.module.css'
import { RoleField } from './role-field.tsx'
import type { Secret } from './shown-once.tsx'
import { type Role, type User, useChange } from './use-people.ts'

interface Options {
  /** null: a new one. */
  readonly user: User | null
  readonly onClose: () => void
  readonly onSecret: (secret: Secret) => void
}

/** Makes a user, whose password is made too, or changes one's name and role. */
export function UserDialog(options: Options) {
  const { user, onClose } = options
  const id = useId()
  const { name, setName, role, setRole, isBusy, save } = useUserForm(options)
  const foot = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form={id} look="primary" busy={isBusy} disabled={!name.trim()}>
        {user ? 'Save' : 'Add'}
      </Button>
    </>
  )
  const title = user ? `Change ${user.name}` : 'Add a user'
  return (
    <Dialog open onClose={onClose} title={title} size="small" foot={foot}>
      <form id={id} className={styles['form']} onSubmit={(event) => void save(event)}>
        <TextField
          label="Name"
          required
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <RoleField value={role} onChange={setRole} />
        {user ? null : <Banner tone="info">A password is made and shown to you once.</Banner>}
      </form>
    </Dialog>
  )
}

function useUserForm({ user, onClose, onSecret }: Options) {
  const change = useChange()
  const [name, setName] = useState(user?.name ?? '')
  const [role, setRole] = useState<Role>(user?.role ?? 'uploader')
  const [isBusy, setBusy] = useState(false)
  const body = { name: name.trim(), role }
  const make = async () => {
    const { password } = await read(client.POST('/api/v1/users', { body }))
    onSecret({ title: `The password of ${body.name}`, text: password ?? '' })
  }
  const alter = (id: string) =>
    read(client.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body }))
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const isDone = user
      ? await change(
          () => alter(user.id),
          `${body.name} was changed.`,
          `${user.name} was not changed.`,
        )
      : await change(make, `${body.name} was added.`, `${body.name} was not added.`)
    if (isDone) onClose()
    else setBusy(false)
  }
  return { name, setName, role, setRole, isBusy, save }
}
