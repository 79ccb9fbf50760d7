import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { cells, Table } from '../../../ui/table.tsx'
import { countOf } from '../../../words/amounts.ts'
import type { BulkReport } from './bulk-batches.ts'

const done = { cancel: 'cancelled', retry: 'taken up again', delete: 'deleted' } as const

/** What of a call about many was refused, and why. */
export function BulkReportDialog({
  report,
  onClose,
}: {
  readonly report: BulkReport | null
  readonly onClose: () => void
}) {
  return (
    <Dialog
      open={report !== null}
      onClose={onClose}
      title={
        report
          ? `${countOf(report.refused.length, 'video')} could not be ${done[report.action]}`
          : ''
      }
      description={
        report && report.done > 0
          ? `${countOf(report.done, 'video')} ${report.done === 1 ? 'was' : 'were'} ${done[report.action]}. The others stay chosen.`
          : 'Nothing has changed.'
      }
      foot={<Button onClick={onClose}>Close</Button>}
    >
      {report ? (
        <Table label="What was refused">
          <thead>
            <tr>
              <th className={cells.wide}>Video</th>
              <th>Why</th>
            </tr>
          </thead>
          <tbody>
            {report.refused.map(({ id, name, reason }) => (
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
