import { type FormEvent, useId, useState } from 'react'
import { client, read } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import { endOf, lives, type Scope, scopeWords } from './key-facts.ts'
import styles from './people.module.css'
import { RoleField } from './role-field.tsx'
import type { Secret } from './shown-once.tsx'
import { type Role, useChange, useUsers } from './use-people.ts'

interface Wish {
  readonly name: string
  readonly role: Role
  /** null: all. */
  readonly scopes: readonly Scope[] | null
  /** Empty: nobody's. */
  readonly userId: string
  readonly life: string
}

const first: Wish = { name: '', role: 'operator', scopes: null, userId: '', life: '365' }

/** Makes a key for a program. */
export function KeyDialog({
  onClose,
  onSecret,
}: {
  readonly onClose: () => void
  readonly onSecret: (secret: Secret) => void
}) {
  const id = useId()
  const change = useChange()
  const [wish, setWish] = useState(first)
  const [isBusy, setBusy] = useState(false)
  const make = async () => {
    const { life, userId, name, role, scopes } = wish
    const body = {
      ...{ name: name.trim(), role, scopes: scopes && [...scopes] },
      userId: userId === '' ? null : userId,
      expiresAt: endOf(life, Date.now()),
    }
    const { key } = await read(client.POST('/api/v1/keys', { body }))
    onSecret({ title: `The key “${body.name}”`, text: key })
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    if (await change(make, 'The key was made.', 'The key was not made.')) onClose()
    else setBusy(false)
  }
  const isWhole = wish.name.trim() !== '' && wish.scopes?.length !== 0
  return (
    <Dialog
      open
      onClose={onClose}
      title="Make a key"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} look="primary" busy={isBusy} disabled={!isWhole}>
            Make the key
          </Button>
        </>
      }
    >
      <form id={id} className={styles['form']} onSubmit={(event) => void save(event)}>
        <KeyFields wish={wish} onChange={(next) => setWish({ ...wish, ...next })} />
      </form>
    </Dialog>
  )
}

interface Fields {
  readonly wish: Wish
  readonly onChange: (next: Partial<Wish>) => void
}

function KeyFields({ wish, onChange }: Fields) {
  const { data: users = [] } = useUsers()
  return (
    <>
      <TextField
        label="Name"
        hint="What it is for."
        required
        maxLength={100}
        value={wish.name}
        onInput={(event) => onChange({ name: event.currentTarget.value })}
      />
      <RoleField value={wish.role} onChange={(role) => onChange({ role })} />
      <ScopeFields wish={wish} onChange={onChange} />
      <SelectField
        label="User"
        hint="Its videos are theirs, and it ends with them. An uploader’s key needs one."
        value={wish.userId}
        onChange={(event) => onChange({ userId: event.currentTarget.value })}
      >
        <option value="">Nobody’s</option>
        {users.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Good for"
        value={wish.life}
        onChange={(event) => onChange({ life: event.currentTarget.value })}
      >
        {lives.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </SelectField>
    </>
  )
}

function ScopeFields({ wish: { scopes }, onChange }: Fields) {
  const all = Object.keys(scopeWords) as Scope[]
  const toggle = (scope: Scope, isOn: boolean) =>
    onChange({ scopes: all.filter((each) => (each === scope ? isOn : scopes?.includes(each))) })
  return (
    <fieldset className={styles['scopes']}>
      <legend>What it may do</legend>
      <CheckField
        label="All that the role may"
        checked={scopes === null}
        onChange={(event) => onChange({ scopes: event.currentTarget.checked ? null : [] })}
      />
      {scopes === null
        ? null
        : all.map((scope) => (
            <CheckField
              key={scope}
              label={scopeWords[scope]}
              checked={scopes.includes(scope)}
              onChange={(event) => toggle(scope, event.currentTarget.checked)}
            />
          ))}
    </fieldset>
  )
}
