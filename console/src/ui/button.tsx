import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link } from 'react-router'
import styles from './button.module.css'
import { classNames } from './class-names.ts'

export interface ButtonLook {
  /** One primary a view; danger for what destroys; quiet where many stand together. */
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly size?: 'medium' | 'small'
  /** A lucide icon before the words. */
  readonly icon?: ReactNode
}

export type ButtonProps = ButtonLook &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** While what it began is under way: it stays where it is and cannot be pressed again. */
    readonly busy?: boolean
  }

/** A button with words. */
export function Button(props: ButtonProps) {
  const { look, size, icon, busy = false, children, className, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={classNames(lookOf({ look, size }), className)}
    >
      {icon}
      {children}
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({
  to,
  look,
  size,
  icon,
  children,
}: ButtonLook & { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link to={to} className={lookOf({ look, size })}>
      {icon}
      {children}
    </Link>
  )
}

/** A button that is an icon alone; `label` is what it is called. */
export function IconButton({
  label,
  size,
  look = 'quiet',
  children,
  className,
  ...rest
}: Omit<ButtonLook, 'icon'> &
  ButtonHTMLAttributes<HTMLButtonElement> & { readonly label: string }) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={classNames(lookOf({ look, size }), styles['iconOnly'], className)}
    >
      {children}
    </button>
  )
}

/** The class of something else that is to look like a button, as the trigger of a menu. */
export function lookOf({ look = 'secondary', size = 'medium' }: ButtonLook): string {
  return classNames(styles['button'], styles[look], styles[size])
}
