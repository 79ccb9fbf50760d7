import type { ReactNode, TableHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'
import styles from './table.module.css'

/**
 * A table as the browser knows it: thead, tbody, tr, th, td inside. Cells may have
 * `className={cells.number}` and the like. On phones it scrolls sideways inside its place.
 */
export function Table({
  label,
  children,
  className,
  ...rest
}: TableHTMLAttributes<HTMLTableElement> & {
  /** What it lists, for screen readers. */
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    // Whoever has only keys must be able to scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} role="region" aria-label={label} tabIndex={0}>
      <table {...rest} aria-label={label} className={classNames(styles['table'], className)}>
        {children}
      </table>
    </div>
  )
}

/** Looks of cells. */
export const cells = {
  /** To the right, its digits below each other. */
  number: styles['number'],
  /** As wide as the rest leaves, cut off with dots. */
  wide: styles['wide'],
  /** No wider than its content. */
  tight: styles['tight'],
  /** Second in rank. */
  soft: styles['soft'],
  /** Not on phones. */
  roomy: styles['roomy'],
} as const
