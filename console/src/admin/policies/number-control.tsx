import { type KeyboardEvent, useState } from 'react'
import { TextField } from '../../ui/field.tsx'
import styles from './policies.module.css'
import { words } from './policy-words.ts'
import type { Policy } from './use-policies.ts'

/**
 * A policy that is a number, sent when the field is left or enter is pressed. What is being typed
 * stays, whatever others change meanwhile; escape gives it up.
 */
export function NumberControl({
  policy: { key, most, unit },
  value,
  disabled,
  onChange,
}: {
  readonly policy: Policy
  readonly value: number
  readonly disabled: boolean
  readonly onChange: (value: number) => void
}) {
  const [draft, setDraft] = useState<string | null>(null)
  const error = draft === null ? null : findFault(draft, most ?? Number.MAX_SAFE_INTEGER)
  const send = () => {
    if (draft === null || error !== null) return
    setDraft(null)
    if (Number(draft) !== value) onChange(Number(draft))
  }
  const press = ({ key: pressed }: KeyboardEvent) => {
    if (pressed === 'Enter') send()
    if (pressed === 'Escape') setDraft(null)
  }
  return (
    <div className={styles['number']}>
      <TextField
        label={`${words[key].name}, in ${unit}`}
        labelHidden
        type="number"
        inputMode="numeric"
        min={0}
        max={most ?? undefined}
        step={1}
        value={draft ?? String(value)}
        error={error ?? undefined}
        disabled={disabled}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={send}
        onKeyDown={press}
      />
      <span className={styles['unit']}>{unit}</span>
    </div>
  )
}

function findFault(text: string, most: number): string | null {
  if (!/^\d+$/.test(text)) return 'A whole number, 0 or more.'
  return Number(text) > most ? `At most ${most.toLocaleString()}.` : null
}
