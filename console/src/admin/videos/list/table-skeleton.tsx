import { Skeleton } from '../../../ui/states.tsx'
import styles from './table-skeleton.module.css'

/** Lines where the list will be. */
export function TableSkeleton() {
  return (
    <div className={styles['lines']} aria-busy="true" aria-label="Loading">
      {Array.from({ length: 8 }, (_, line) => (
        <div key={line} className={styles['line']}>
          <Skeleton width="4rem" height="2.25rem" />
          <Skeleton width={`${10 + ((line * 7) % 12)}rem`} />
        </div>
      ))}
    </div>
  )
}
