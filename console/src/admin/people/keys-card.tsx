import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SwitchField } from '../../ui/field.tsx'
import { Empty, Failure } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { TableSkeleton } from '../../ui/table-skeleton.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { KeyRow } from './key-row.tsx'
import { type Secret, ShownOnce } from './shown-once.tsx'
import { type Key, useKeys } from './use-people.ts'

/** Keys of programs. */
export function KeysCard() {
  const [isAll, setAll] = useState(false)
  const keys = useKeys(isAll)
  const [isMaking, setMaking] = useState(false)
  const [secret, setSecret] = useState<Secret | null>(null)
  return (
    <Card
      flush
      title="Keys"
      actions={
        <>
          <SwitchField
            label="Revoked too"
            checked={isAll}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          <Button size="small" icon={<KeyRound />} onClick={() => setMaking(true)}>
            Make a key
          </Button>
        </>
      }
    >
      {keys.error && !keys.data ? (
        <Failure error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <KeyTable keys={keys.data} />
      )}
      {isMaking ? <KeyDialog onClose={() => setMaking(false)} onSecret={setSecret} /> : null}
      <ShownOnce secret={secret} onClose={() => setSecret(null)} />
    </Card>
  )
}

function KeyTable({ keys }: { readonly keys: readonly Key[] | undefined }) {
  if (!keys) return <TableSkeleton lines={3} />
  if (keys.length === 0) {
    return (
      <Empty title="There are no keys.">
        Programs show one as “Authorization: Bearer KEY”. Give each program its own.
      </Empty>
    )
  }
  return (
    <Table label="Keys">
      <thead>
        <tr>
          <th>Name</th>
          <th>May</th>
          <th className={cells.roomy}>User</th>
          <th className={cells.roomy}>Last used</th>
          <th>Ends</th>
          <th className={cells.tight}>
            <span className="hidden-text">What can be done</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} of={key} />
        ))}
      </tbody>
    </Table>
  )
}
