import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '../../api/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty, Failure } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { TableSkeleton } from '../../ui/table-skeleton.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { type Secret, ShownOnce } from './shown-once.tsx'
import { type User, useUsers } from './use-people.ts'
import { UserDialog } from './user-dialog.tsx'
import { UserMenu } from './user-menu.tsx'

/** Who may log in, and as what. */
export function UsersCard() {
  const users = useUsers()
  // null: nobody; 'new': somebody who is not there yet.
  const [edited, setEdited] = useState<User | 'new' | null>(null)
  const [secret, setSecret] = useState<Secret | null>(null)
  return (
    <Card
      flush
      title="Users"
      actions={
        <Button size="small" icon={<UserPlus />} onClick={() => setEdited('new')}>
          Add a user
        </Button>
      }
    >
      {users.error && !users.data ? (
        <Failure error={users.error} onRetry={() => void users.refetch()} />
      ) : (
        <UserTable users={users.data} onEdit={setEdited} onSecret={setSecret} />
      )}
      {edited === null ? null : (
        <UserDialog
          user={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSecret={setSecret}
        />
      )}
      <ShownOnce secret={secret} onClose={() => setSecret(null)} />
    </Card>
  )
}

function UserTable({
  users,
  onEdit,
  onSecret,
}: {
  readonly users: readonly User[] | undefined
  readonly onEdit: (user: User) => void
  readonly onSecret: (secret: Secret) => void
}) {
  const { data: session } = useSession()
  if (!users) return <TableSkeleton lines={3} />
  if (users.length === 0) {
    return (
      <Empty title="There are no users yet.">
        This server trusts its machine. From the first user on everybody logs in: make an
        administrator first.
      </Empty>
    )
  }
  return (
    <Table label="Users">
      <thead>
        <tr>
          <th>Name</th>
          <th>Role</th>
          <th className={cells.roomy}>Since</th>
          <th className={cells.tight}>
            <span className="hidden-text">What can be done</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.id}>
            <td>
              {user.name}
              {session?.user?.id === user.id ? ' (you)' : ''}
            </td>
            <td>
              <Badge>{user.role}</Badge>{' '}
              {user.disabledAt ? <Badge tone="warn">disabled</Badge> : null}
            </td>
            <td className={cells.roomy}>
              <TimeAgo at={user.createdAt} />
            </td>
            <td className={cells.tight}>
              <UserMenu user={user} onEdit={() => onEdit(user)} onSecret={onSecret} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
