import { Skeleton } from './states.tsx'
import styles from './table-skeleton.module.css'

/** Lines where a list will be. */
export function TableSkeleton({ lines = 6 }: { readonly lines?: number }) {
  return (
    <div className={styles['lines']} aria-busy="true" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={styles['line']}>
          <Skeleton width="1rem" height="1rem" />
          <Skeleton width={`${10 + ((line * 7) % 12)}rem`} />
        </div>
      ))}
    </div>
  )
}
