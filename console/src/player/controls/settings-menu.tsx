import { Settings } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useChoices } from './choices.ts'
import { ControlButton } from './control-button.tsx'
import { SettingsList } from './settings-list.tsx'
import styles from './settings-menu.module.css'

/** Quality, speed, captions and sound, each as a list to choose from. */
export function SettingsMenu({ onHelp }: { readonly onHelp: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const choices = useChoices()
  useEffect(() => {
    if (!isOpen) return
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer)
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [isOpen])
  function close(): void {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  return (
    <div ref={box} className={styles['box']}>
      <ControlButton
        label="Settings"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Settings />
      </ControlButton>
      {isOpen ? (
        <SettingsList
          id={id}
          choices={choices}
          onClose={close}
          onHelp={() => {
            setOpen(false)
            onHelp()
          }}
        />
      ) : null}
    </div>
  )
}
