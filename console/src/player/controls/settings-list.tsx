import { ChevronLeft, Keyboard } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Choice } from './choices.ts'
import { moveFocus } from './move-focus.ts'
import { SettingsItem } from './settings-item.tsx'
import styles from './settings-menu.module.css'

interface ListProps {
  readonly id: string
  readonly choices: readonly Choice[]
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** The open menu: first what can be chosen, then the options of one. Arrows, Home, End, Escape. */
export function SettingsList({ id, choices, onClose, onHelp }: ListProps) {
  const [shown, setShown] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const choice = choices.find(({ name }) => name === shown)
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-checked=true]')
    const first = list.current?.querySelector<HTMLElement>('[role^=menuitem]')
    ;(chosen ?? first)?.focus()
  }, [shown])
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Tab') onClose()
    else if (event.key !== 'Escape' && !(event.key === 'ArrowLeft' && choice)) {
      moveFocus(event, list.current)
    } else {
      // In full screen escape would leave that as well.
      event.preventDefault()
      if (choice) setShown(null)
      else onClose()
    }
  }
  return (
    <div
      ref={list}
      id={id}
      className={styles['menu']}
      role="menu"
      tabIndex={-1}
      aria-label={choice?.name ?? 'Settings'}
      onKeyDown={onKeyDown}
    >
      {choice ? (
        <Options choice={choice} onBack={() => setShown(null)} onClose={onClose} />
      ) : (
        <Overview choices={choices} onOpen={setShown} onHelp={onHelp} />
      )}
    </div>
  )
}

function Overview({
  choices,
  onOpen,
  onHelp,
}: Pick<ListProps, 'choices' | 'onHelp'> & { readonly onOpen: (name: string) => void }) {
  return (
    <>
      {choices.map(({ name, options }) => (
        <SettingsItem key={name} opens onChoose={() => onOpen(name)}>
          <span>{name}</span>
          <span className={styles['value']}>
            {options.find(({ isChosen }) => isChosen)?.name ?? ''}
          </span>
        </SettingsItem>
      ))}
      <SettingsItem icon={<Keyboard />} onChoose={onHelp}>
        Keys
      </SettingsItem>
    </>
  )
}

function Options({
  choice,
  onBack,
  onClose,
}: {
  readonly choice: Choice
  readonly onBack: () => void
  readonly onClose: () => void
}) {
  return (
    <>
      <SettingsItem icon={<ChevronLeft />} onChoose={onBack}>
        {choice.name}
      </SettingsItem>
      {choice.options.map(({ name, isChosen, choose }) => (
        <SettingsItem
          key={name}
          isChosen={isChosen}
          onChoose={() => {
            choose()
            onClose()
          }}
        >
          {name}
        </SettingsItem>
      ))}
    </>
  )
}
