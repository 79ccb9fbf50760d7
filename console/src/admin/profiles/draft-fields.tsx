import { type ReactNode, useState } from 'react'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import type { FieldPath } from './draft-value.ts'
import { useDraftField } from './use-draft.ts'

interface Words {
  readonly path: FieldPath
  readonly label: string
  readonly hint?: ReactNode
  readonly labelHidden?: boolean
}

/** A number of the profile; left empty, the field is not in it, and `standard` holds. */
export function NumberInDraft({
  path,
  standard,
  step = 1,
  min,
  ...words
}: Words & { readonly standard?: number; readonly step?: number; readonly min?: number }) {
  const { value, set, error } = useDraftField(path)
  // What is being typed stays as it is typed: "2." is no other number than "2".
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  const text = typed !== null && toNumber(typed) === value ? typed : shown
  return (
    <TextField
      {...words}
      error={error}
      inputMode={step < 1 ? 'decimal' : 'numeric'}
      autoComplete="off"
      placeholder={standard === undefined ? undefined : String(standard)}
      value={text}
      onChange={({ target }) => {
        setTyped(target.value)
        set(toNumber(target.value))
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        const by = { ArrowUp: step, ArrowDown: -step }[event.key]
        if (by === undefined || event.altKey || typeof value !== 'number') return
        event.preventDefault()
        setTyped(null)
        set(Math.max(min ?? Number.NEGATIVE_INFINITY, Number((value + by).toFixed(3))))
      }}
    />
  )
}

/** A text that is no number goes into the draft as it is: the server says what is wrong with it. */
function toNumber(text: string): unknown {
  const trimmed = text.trim().replace(',', '.')
  if (trimmed === '') return undefined
  const number = Number(trimmed)
  return Number.isFinite(number) ? number : text
}

/** A text of the profile; left empty, the field is not in it. */
export function TextInDraft({
  path,
  placeholder,
  ...words
}: Words & { readonly placeholder?: string }) {
  const { value, set, error } = useDraftField(path)
  return (
    <TextField
      {...words}
      error={error}
      autoComplete="off"
      placeholder={placeholder}
      value={typeof value === 'string' ? value : ''}
      onChange={({ target }) => set(target.value === '' ? undefined : target.value)}
    />
  )
}

/** One of some words. */
export function ChoiceInDraft({
  path,
  choices,
  names = {},
  standard,
  ...words
}: Words & {
  readonly choices: readonly string[]
  /** What people call them, where that is something else. */
  readonly names?: Readonly<Record<string, string>>
  /** What an absent field means. */
  readonly standard: string
}) {
  const { value, set, error } = useDraftField(path)
  const shown = typeof value === 'string' ? value : standard
  const isKnown = choices.includes(shown)
  return (
    <SelectField
      {...words}
      error={error}
      value={shown}
      onChange={({ target }) => set(target.value)}
    >
      {isKnown ? null : <option value={shown}>{shown}</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {names[choice] ?? choice}
        </option>
      ))}
    </SelectField>
  )
}

/** Something that is made or not; left at `standard`, the field is not in the profile. */
export function CheckInDraft({
  path,
  label,
  hint,
  standard = false,
}: Words & { readonly standard?: boolean }) {
  const { value = standard, set } = useDraftField(path)
  return (
    <CheckField
      label={label}
      hint={hint}
      checked={value === true}
      onChange={({ target }) => set(target.checked === standard ? undefined : target.checked)}
    />
  )
}
