import { Check, ChevronLeft, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Choice } from './choices.ts'
import styles from './settings-menu.module.css'

/** The open menu: first what can be chosen, then the options of one. Arrows, Home, End, Escape. */
export function SettingsList({
  id,
  choices,
  onClose,
  onHelp,
}: {
  readonly id: string
  readonly choices: readonly Choice[]
  readonly onClose: () => void
  readonly onHelp: () => void
}) {
  const [shown, setShown] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const choice = choices.find(({ name }) => name === shown)
  useEffect(() => {
    const items = list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]')
    const chosen = list.current?.querySelector<HTMLElement>('[aria-checked=true]')
    ;(chosen ?? items?.[0])?.focus()
  }, [shown])
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' || (event.key === 'ArrowLeft' && choice)) {
      event.preventDefault()
      if (choice) setShown(null)
      else onClose()
    } else moveFocus(event, list.current)
  }
  return (
    <div
      ref={list}
      id={id}
      className={styles['menu']}
      role="menu"
      aria-label={choice?.name ?? 'Settings'}
      onKeyDown={onKeyDown}
    >
      {choice ? (
        <>
          <Item icon={<ChevronLeft />} onChoose={() => setShown(null)}>
            {choice.name}
          </Item>
          {choice.options.map(({ name, isChosen, choose }) => (
            <Item
              key={name}
              isChosen={isChosen}
              onChoose={() => {
                choose()
                onClose()
              }}
            >
              {name}
            </Item>
          ))}
        </>
      ) : (
        <>
          {choices.map(({ name, options }) => (
            <Item key={name} opens onChoose={() => setShown(name)}>
              <span>{name}</span>
              <span className={styles['value']}>
                {options.find(({ isChosen }) => isChosen)?.name ?? ''}
              </span>
            </Item>
          ))}
          <Item onChoose={onHelp}>Keys</Item>
        </>
      )}
    </div>
  )
}

function Item({
  icon,
  isChosen,
  opens = false,
  onChoose,
  children,
}: {
  readonly icon?: ReactNode
  /** Of an option; undefined: it is something to do. */
  readonly isChosen?: boolean
  readonly opens?: boolean
  readonly onChoose: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      className={styles['item']}
      role={isChosen === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={isChosen}
      aria-haspopup={opens ? 'menu' : undefined}
      tabIndex={-1}
      onClick={onChoose}
    >
      <span className={styles['mark']}>{isChosen ? <Check /> : icon}</span>
      {children}
      {opens ? <ChevronRight className={styles['opens']} /> : null}
    </button>
  )
}

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
  const at = items.findIndex((item) => item === document.activeElement)
  const next: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  const to = next[event.key]
  if (to !== undefined) {
    event.preventDefault()
    items[to]?.focus()
  } else if (event.key === 'ArrowRight' && document.activeElement instanceof HTMLElement) {
    if (document.activeElement.ariaHasPopup === 'menu') document.activeElement.click()
  }
}
