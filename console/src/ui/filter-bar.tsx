import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
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
  maxLength,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly maxLength?: number
  readonly onChange: (text: string) => void
}) {
  const [text, setText] = useState(value)
  const asked = useRef(value)
  const ask = useRef(onChange)
  useEffect(() => {
    ask.current = onChange
  }, [onChange])
  useEffect(() => {
    // What was asked for here comes back while one types on; only what others chose is taken over.
    if (value === asked.current) return
    asked.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === asked.current) return
    const timer = setTimeout(() => {
      asked.current = wanted
      ask.current(wanted)
    }, typingMs)
    return () => clearTimeout(timer)
    // Also where somebody else chose meanwhile: then nothing is asked any more.
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
        maxLength={maxLength}
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
  /** What choosing nothing is called; absent: something is always chosen. */
  readonly all?: string
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
      {all === undefined ? null : <option value="">{all}</option>}
      {isKnown ? null : <option value={value}>{value}</option>}
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </SelectField>
  )
}
