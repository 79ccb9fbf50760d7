import { useId } from 'react'
import styles from './segments.module.css'

/** One of a few that exclude each other, all of them in sight: radio buttons side by side. */
export function Segments<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  /** What is chosen, for screen readers. */
  readonly label: string
  readonly value: Value
  readonly choices: readonly (readonly [value: Value, word: string])[]
  readonly onChange: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className={styles['segments']}>
      <legend className="hidden-text">{label}</legend>
      {choices.map(([each, word]) => (
        <label key={each} className={styles['segment']}>
          <input
            type="radio"
            name={name}
            value={each}
            checked={each === value}
            onChange={() => onChange(each)}
            className={styles['input']}
          />
          <span className={styles['word']}>{word}</span>
        </label>
      ))}
    </fieldset>
  )
}
