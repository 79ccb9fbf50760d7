import { Card } from '../../ui/card.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './policies.module.css'
import { sayValue, words } from './policy-words.ts'
import { usePolicyChanges } from './use-policies.ts'

/** Who changed what, by whatever way. */
export function ChangesCard() {
  const { data: changes, error, refetch } = usePolicyChanges()
  return (
    <Card title="Changes" flush>
      {error && !changes ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {!changes && !error ? (
        <div className={styles['quiet']}>
          <Skeleton height="4rem" />
        </div>
      ) : null}
      {changes?.length === 0 ? (
        <p className={styles['quiet']}>Nobody has changed a policy yet.</p>
      ) : null}
      {changes && changes.length > 0 ? (
        <Table label="Changes of policies">
          <thead>
            <tr>
              <th>When</th>
              <th>Policy</th>
              <th>Change</th>
              <th>By</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ id, key, from, to, by, at }) => (
              <tr key={id}>
                <td className={cells.tight}>
                  <TimeAgo at={at} />
                </td>
                <td className={cells.tight}>{words[key].name}</td>
                <td className={cells.tight}>
                  {sayValue(key, from)} → {sayValue(key, to)}
                </td>
                <td className={classNames(cells.soft, styles['by'])}>{by}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </Card>
  )
}
