import { TextField } from './field.tsx'
import styles from './new-password-field.module.css'
import { judgePassword } from './password-strength.ts'
import { Progress } from './progress.tsx'

/** A password that is made, with how strong it is. */
export function NewPasswordField({
  label = 'Password',
  value,
  least,
  onChange,
}: {
  readonly label?: string
  readonly value: string
  /** Characters that the server demands. */
  readonly least: number
  readonly onChange: (value: string) => void
}) {
  const { share, word, tone } = judgePassword(value, least)
  return (
    <div className={styles['field']}>
      <TextField
        label={label}
        type="password"
        required
        minLength={least}
        maxLength={1000}
        autoComplete="new-password"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <Progress value={share} tone={tone} label="Strength of the password" thin />
      <p className={styles['word']} aria-live="polite">
        {word}
      </p>
    </div>
  )
}
