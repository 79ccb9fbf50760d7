import styles from './choose.module.css'
import { cells } from './table.tsx'
import type { Selection } from './use-selection.ts'

/** The cell of a row with which it is chosen. */
export function ChooseCell({
  name,
  isChosen,
  onChoose,
}: {
  /** What the row is, for screen readers. */
  readonly name: string
  readonly isChosen: boolean
  readonly onChoose: (isChosen: boolean) => void
}) {
  return (
    <td className={cells.tight}>
      <input
        type="checkbox"
        aria-label={`Choose ${name}`}
        className={styles['box']}
        checked={isChosen}
        onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
      />
    </td>
  )
}

/** The cell above those: all rows, or none. */
export function ChooseAllCell({
  selection: { ids, chooseAll },
  total,
}: {
  readonly selection: Selection
  /** Rows that are shown. */
  readonly total: number
}) {
  const isAll = total > 0 && ids.size === total
  return (
    <th className={cells.tight}>
      <input
        type="checkbox"
        aria-label="Choose all that are listed"
        className={styles['box']}
        checked={isAll}
        ref={(box) => {
          if (box) box.indeterminate = ids.size > 0 && !isAll
        }}
        onChange={({ currentTarget }) => chooseAll(currentTarget.checked)}
      />
    </th>
  )
}
