import { Ban, EllipsisVertical, KeyRound, Pencil, Trash2, UserCheck } from 'lucide-react'
import { client, read } from '../../api/client.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { makePassword } from './make-password.ts'
import type { Secret } from './shown-once.tsx'
import { type User, useChange } from './use-people.ts'

/** What an administrator does with a user. */
export function UserMenu({
  user,
  onEdit,
  onSecret,
}: {
  readonly user: User
  readonly onEdit: () => void
  readonly onSecret: (secret: Secret) => void
}) {
  const { disable, reset, remove } = useUserChanges(user, onSecret)
  return (
    <Menu label={`Change ${user.name}`} size="small" trigger={<EllipsisVertical />}>
      <MenuItem icon={<Pencil />} onChoose={onEdit}>
        Name and role
      </MenuItem>
      <MenuItem icon={<KeyRound />} onChoose={() => void reset()}>
        New password
      </MenuItem>
      <MenuItem
        icon={user.disabledAt ? <UserCheck /> : <Ban />}
        onChoose={() => void disable(!user.disabledAt)}
      >
        {user.disabledAt ? 'Enable' : 'Disable'}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Trash2 />} isDanger onChoose={() => void remove()}>
        Delete
      </MenuItem>
    </Menu>
  )
}

function useUserChanges({ id, name }: User, onSecret: (secret: Secret) => void) {
  const change = useChange()
  const confirm = useConfirm()
  const params = { path: { id } }
  const patch = (body: { disabled?: boolean; password?: string }) =>
    read(client.PATCH('/api/v1/users/{id}', { params, body }))
  const disable = async (disabled: boolean) => {
    const isSure =
      !disabled ||
      (await confirm({
        title: `Disable ${name}?`,
        text: 'Their sessions end and their keys stop working, until you enable them again.',
        action: 'Disable',
      }))
    const good = `${name} was ${disabled ? 'disabled' : 'enabled'}.`
    if (isSure) await change(() => patch({ disabled }), good, `${name} was not changed.`)
  }
  const reset = async () => {
    const isSure = await confirm({
      title: `A new password for ${name}?`,
      text: 'The old one stops working, and all their sessions end.',
      action: 'Make a new one',
    })
    if (!isSure) return
    const password = makePassword((bytes) => crypto.getRandomValues(bytes))
    const good = `${name} has a new password.`
    const isDone = await change(() => patch({ password }), good, `${name} has the old password.`)
    if (isDone) onSecret({ title: `The new password of ${name}`, text: password })
  }
  const remove = async () => {
    const isSure = await confirm({
      title: `Delete ${name}?`,
      text: 'Their sessions and keys go too. Their videos stay, and belong to nobody.',
      action: 'Delete',
    })
    const call = () => read(client.DELETE('/api/v1/users/{id}', { params }))
    if (isSure) await change(call, `${name} was deleted.`, `${name} was not deleted.`)
  }
  return { disable, reset, remove }
}
