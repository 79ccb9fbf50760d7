import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Link } from 'react-router'
import { type ButtonLook, lookOf } from './button.tsx'
import { classNames } from './class-names.ts'
import styles from './menu.module.css'

/**
 * A button that opens a list of things to do (the menu button of the ARIA practices); `children` are
 * MenuItem, MenuLink, MenuLine. The list is a popover of the browser: above everything, and closed by
 * escape or a press beside it.
 */
export function Menu({
  label,
  trigger,
  look = 'quiet',
  size,
  align = 'end',
  children,
}: Omit<ButtonLook, 'icon'> & {
  /** What the button is called, where it shows an icon alone. */
  readonly label?: string
  readonly trigger: ReactNode
  readonly align?: 'start' | 'end'
  readonly children: ReactNode
}) {
  const id = useId().replaceAll(/\W/g, '')
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isOpen) itemsOf(list.current)[0]?.focus()
  }, [isOpen])
  const close = () => {
    list.current?.hidePopover()
    button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={label}
        title={label}
        className={classNames(lookOf({ look, size }), label ? styles['iconTrigger'] : null)}
        style={{ anchorName: `--${id}` }}
        onKeyDown={(event) => openByArrow(event, list.current)}
      >
        {trigger}
      </button>
      <div
        ref={list}
        id={id}
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        className={classNames(styles['popup'], styles[align])}
        style={{ positionAnchor: `--${id}` }}
        onToggle={({ newState }) => setOpen(newState === 'open')}
        onKeyDown={(event) => moveFocus(event, list.current)}
        onClick={close}
      >
        {isOpen ? children : null}
      </div>
    </>
  )
}

function openByArrow(event: KeyboardEvent, list: HTMLElement | null): void {
  if (event.key !== 'ArrowDown') return
  event.preventDefault()
  list?.showPopover()
}

function itemsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role=menuitem]:not([aria-disabled])') ?? [])]
}

/** Arrows, Home and End go through the items, a letter to the next one that begins with it. */
function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const items = itemsOf(list)
  const at = items.findIndex((item) => item === document.activeElement)
  const next = itemFor(event.key, items, at)
  if (event.key === 'Tab') list?.hidePopover()
  if (!next) return
  event.preventDefault()
  next.focus()
}

function itemFor(key: string, items: HTMLElement[], at: number): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(at + 1) % items.length]
  if (key === 'ArrowUp') return items.at(at - 1)
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (!/^\S$/.test(key)) return undefined
  const begins = (item: HTMLElement) =>
    item.textContent.trim().toLowerCase().startsWith(key.toLowerCase())
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins)
}

/** Something that is done. */
export function MenuItem({
  onChoose,
  icon,
  isDanger = false,
  disabled = false,
  children,
}: {
  readonly onChoose: () => void
  readonly icon?: ReactNode
  readonly isDanger?: boolean
  readonly disabled?: boolean
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      className={classNames(styles['item'], isDanger && styles['danger'])}
      onClick={(event) => (disabled ? event.stopPropagation() : onChoose())}
    >
      {icon}
      {children}
    </button>
  )
}

/** Somewhere to go. */
export function MenuLink({
  to,
  icon,
  children,
}: {
  readonly to: string
  readonly icon?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <Link to={to} role="menuitem" tabIndex={-1} className={styles['item']}>
      {icon}
      {children}
    </Link>
  )
}

/** Between groups. */
export function MenuLine() {
  return <hr className={styles['line']} />
}
