import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { SelectField, TextField } from './field.tsx'
import styles from './filter-bar.module.css'

/** Search and filters of the list below it. */
export function FilterBar({ children }: { readonly children: ReactNode }) {
  return <search className={styles['bar']}>{children}</search>
}

const typingMs = 250

/** Asks while one types, but not with every letter. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
}) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onChange(text), typingMs)
    return () => clearTimeout(timer)
    // The function is another one with every drawing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [text, value])
  return (
    <div className={styles['search']}>
      <Search aria-hidden="true" />
      <TextField
        label={label}
        labelHidden
        type="search"
        placeholder={label}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
    </div>
  )
}

/** A filter: one of some, or all. */
export function Choice({
  label,
  value,
  all,
  options,
  onChange,
}: {
  readonly label: string
  /** Empty: all. */
  readonly value: string
  /** What choosing nothing is called. */
  readonly all: string
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly onChange: (value: string) => void
}) {
  const isKnown = value === '' || options.some(([each]) => each === value)
  return (
    <SelectField
      label={label}
      labelHidden
      value={value}
      className={styles['choice']}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      <option value="">{all}</option>
      {isKnown ? null : <option value={value}>{value}</option>}
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </SelectField>
  )
}
