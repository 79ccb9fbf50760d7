import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from './button.tsx'
import styles from './pager.module.css'

/** Which part of a list is shown, and the ways to the others. */
export function Pager({
  page,
  pageSize,
  total,
  onPage,
}: {
  /** From 0 on. */
  readonly page: number
  readonly pageSize: number
  readonly total: number
  readonly onPage: (page: number) => void
}) {
  const first = page * pageSize + 1
  const last = Math.min(total, first + pageSize - 1)
  if (total <= pageSize && page === 0) return null
  return (
    <nav className={styles['pager']} aria-label="Pages">
      <span role="status">
        {first.toLocaleString()}–{last.toLocaleString()} of {total.toLocaleString()}
      </span>
      <IconButton label="Page before" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <ChevronLeft />
      </IconButton>
      <IconButton label="Next page" disabled={last >= total} onClick={() => onPage(page + 1)}>
        <ChevronRight />
      </IconButton>
    </nav>
  )
}
