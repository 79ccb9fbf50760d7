import {
  Ban,
  CircleCheck,
  Ellipsis,
  KeyRound,
  List,
  Pencil,
  RotateCw,
  Send,
  Trash2,
} from 'lucide-react'
import { client, read } from '../../api/client.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Menu, MenuItem, MenuLine, MenuLink } from '../../ui/menu.tsx'
import type { Opened } from './endpoints-card.tsx'
import { useDoing, type Webhook } from './use-webhooks.ts'
import { nameOf } from './webhook-words.ts'

/** What can be done with a webhook. */
export function EndpointMenu({
  webhook,
  onOpen,
}: {
  readonly webhook: Webhook
  readonly onOpen: (opened: Opened) => void
}) {
  const { id, enabled } = webhook
  const name = nameOf(webhook)
  const actions = useActions(webhook)
  const open = (what: Opened['what']) => () => onOpen({ what, webhook })
  return (
    <Menu label={`Actions of ${name}`} trigger={<Ellipsis />} size="small">
      <MenuItem icon={<Send />} disabled={!enabled} onChoose={actions.test}>
        Send a test
      </MenuItem>
      <MenuItem icon={<RotateCw />} disabled={!enabled} onChoose={open('replay')}>
        Send again what failed
      </MenuItem>
      <MenuLink icon={<List />} to={`?webhook=${id}`}>
        Show its deliveries
      </MenuLink>
      <MenuLine />
      <MenuItem icon={<Pencil />} onChoose={open('edit')}>
        Edit
      </MenuItem>
      <MenuItem icon={<KeyRound />} onChoose={open('rotate')}>
        Replace the secret
      </MenuItem>
      <MenuItem icon={enabled ? <Ban /> : <CircleCheck />} onChoose={() => void actions.turn()}>
        {enabled ? 'Disable' : 'Enable'}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Trash2 />} isDanger onChoose={() => void actions.remove()}>
        Delete
      </MenuItem>
    </Menu>
  )
}

function useActions(webhook: Webhook) {
  const { id, enabled } = webhook
  const params = { path: { id } }
  const name = nameOf(webhook)
  const confirm = useConfirm()
  const test = useDoing({
    run: () => read(client.POST('/api/v1/webhooks/{id}/test', { params })),
    done: () => `A test is sent to ${name}`,
    failed: 'No test was sent',
  })
  const turn = useDoing({
    run: (isEnabled: boolean) =>
      read(client.PATCH('/api/v1/webhooks/{id}', { params, body: { enabled: isEnabled } })),
    done: (_, isEnabled) => `${name} is ${isEnabled ? 'enabled' : 'disabled'}`,
    failed: `${name} was not changed`,
  })
  const remove = useDoing({
    run: () => read(client.DELETE('/api/v1/webhooks/{id}', { params })),
    done: () => `${name} is deleted`,
    failed: `${name} was not deleted`,
  })
  const ask = async (title: string, text: string, action: string) =>
    confirm({ title, text, action })
  return {
    test: () => test.mutate(undefined),
    turn: async () => {
      const text = 'What waits for it fails, and can be sent again when it is enabled.'
      if (enabled && !(await ask(`Disable ${name}?`, text, 'Disable'))) return
      turn.mutate(!enabled)
    },
    remove: async () => {
      const text = 'Its deliveries and its secret go with it. This cannot be taken back.'
      if (await ask(`Delete ${name}?`, text, 'Delete')) remove.mutate(undefined)
    },
  }
}
