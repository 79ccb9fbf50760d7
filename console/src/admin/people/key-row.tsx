import { client, read } from '../../api/client.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useConfirm } from '../../ui/confirm.tsx'
import { cells } from '../../ui/table.tsx'
import { TimeAgo, useNow } from '../../ui/time-ago.tsx'
import { isGood } from './key-facts.ts'
import styles from './people.module.css'
import { type Key, useChange, useUsers } from './use-people.ts'

/** A key, and its end. */
export function KeyRow({ of: key }: { readonly of: Key }) {
  const { data: users } = useUsers()
  const now = useNow()
  return (
    <tr>
      <td>
        {key.name} <code className={styles['hint']}>{`…${key.hint}`}</code>
      </td>
      <td>
        <Badge>{key.role}</Badge>{' '}
        {key.scopes ? <span className={styles['soft']}>{key.scopes.join(', ')}</span> : null}
      </td>
      <td className={cells.roomy}>{users?.find(({ id }) => id === key.userId)?.name ?? '–'}</td>
      <td className={cells.roomy}>{key.lastUsedAt ? <TimeAgo at={key.lastUsedAt} /> : 'never'}</td>
      <td>
        {key.revokedAt ? (
          <Badge tone="warn">revoked</Badge>
        ) : key.expiresAt ? (
          <TimeAgo at={key.expiresAt} />
        ) : (
          'never'
        )}
      </td>
      <td className={cells.tight}>{isGood(key, now) ? <Revoke of={key} /> : null}</td>
    </tr>
  )
}

function Revoke({ of: { id, name } }: { readonly of: Key }) {
  const confirm = useConfirm()
  const change = useChange()
  const revoke = async () => {
    const isSure = await confirm({
      title: `Revoke the key “${name}”?`,
      text: 'Whatever uses it is refused from now on. This cannot be taken back.',
      action: 'Revoke',
    })
    const call = () => read(client.DELETE('/api/v1/keys/{id}', { params: { path: { id } } }))
    if (isSure) await change(call, `“${name}” was revoked.`, `“${name}” was not revoked.`)
  }
  return (
    <Button size="small" look="quiet" onClick={() => void revoke()} aria-label={`Revoke ${name}`}>
      Revoke
    </Button>
  )
}
