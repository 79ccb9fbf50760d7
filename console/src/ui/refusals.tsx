import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { cells, Table } from './table.tsx'

/** What of a call about many was refused. */
export interface Refusals {
  readonly title: string
  /** What was done all the same. */
  readonly text: string
  readonly items: readonly {
    readonly id: string
    readonly name: string
    readonly reason: string
  }[]
}

/** Tells of many what was refused, one by one, and why. */
export function RefusalsDialog({
  refusals,
  onClose,
}: {
  readonly refusals: Refusals | null
  readonly onClose: () => void
}) {
  return (
    <Dialog
      open={refusals !== null}
      onClose={onClose}
      title={refusals?.title}
      description={refusals?.text}
      foot={<Button onClick={onClose}>Close</Button>}
    >
      {refusals ? (
        <Table label="What was refused">
          <tbody>
            {refusals.items.map(({ id, name, reason }) => (
              <tr key={id}>
                <td className={cells.wide} title={name}>
                  {name}
                </td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </Dialog>
  )
}
