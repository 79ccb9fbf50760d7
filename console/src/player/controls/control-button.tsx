import type { ButtonHTMLAttributes } from 'react'
import { classNames } from '../../ui/class-names.ts'
import styles from './control-bar.module.css'

/** A button of the player: an icon, its name, and the key that does the same. */
export function ControlButton({
  label,
  keys,
  wideOnly = false,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly label: string
  readonly keys?: string
  /** Left out where there is little room. */
  readonly wideOnly?: boolean
}) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles['button'], wideOnly && styles['wideOnly'])}
      aria-label={label}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
    >
      {children}
    </button>
  )
}
