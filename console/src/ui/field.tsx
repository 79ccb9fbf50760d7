import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { classNames } from './class-names.ts'
import styles from './field.module.css'

interface FieldTexts {
  readonly label: ReactNode
  /** What it is good for, below it. */
  readonly hint?: ReactNode
  /** What is wrong with it; takes the place of the hint. */
  readonly error?: ReactNode
  /** The label is there for screen readers only, as in a bar of filters. */
  readonly labelHidden?: boolean
}

/** What a control needs to be one with its label and what is said of it. */
interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** A label, a control, and what is said of it. */
export function Field({
  label,
  hint,
  error,
  labelHidden = false,
  className,
  children,
}: FieldTexts & {
  readonly className?: string | undefined
  readonly children: (control: ControlProps) => ReactNode
}) {
  const id = useId()
  const said = error ?? hint
  return (
    <div className={classNames(styles['field'], className)}>
      <label htmlFor={id} className={labelHidden ? 'hidden-text' : styles['label']}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': said ? `${id}-said` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {said ? (
        <p id={`${id}-said`} className={error ? styles['error'] : styles['hint']}>
          {said}
        </p>
      ) : null}
    </div>
  )
}

type Native<Attributes> = FieldTexts & Omit<Attributes, keyof FieldTexts | 'id'>

/** A line of text. */
export function TextField(props: Native<InputHTMLAttributes<HTMLInputElement>>) {
  const { label, hint, error, labelHidden, className, ...rest } = props
  return (
    <Field {...{ label, hint, error, labelHidden, className }}>
      {(control) => <input type="text" {...rest} {...control} className={styles['control']} />}
    </Field>
  )
}

/** Several lines of text. */
export function TextArea(props: Native<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { label, hint, error, labelHidden, className, ...rest } = props
  return (
    <Field {...{ label, hint, error, labelHidden, className }}>
      {(control) => <textarea rows={4} {...rest} {...control} className={styles['area']} />}
    </Field>
  )
}

/** One of some; `children` are the options. */
export function SelectField(props: Native<SelectHTMLAttributes<HTMLSelectElement>>) {
  const { label, hint, error, labelHidden, className, children, ...rest } = props
  return (
    <Field {...{ label, hint, error, labelHidden, className }}>
      {(control) => (
        <select {...rest} {...control} className={classNames(styles['control'], styles['select'])}>
          {children}
        </select>
      )}
    </Field>
  )
}

/** Yes or no, with its words beside it. */
export function CheckField({
  label,
  hint,
  ...rest
}: Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'type'> &
  Pick<FieldTexts, 'label' | 'hint'>) {
  const id = useId()
  return (
    <div className={styles['check']}>
      <input type="checkbox" {...rest} id={id} aria-describedby={hint ? `${id}-said` : undefined} />
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-said`} className={styles['hint']}>
          {hint}
        </p>
      ) : null}
    </div>
  )
}

/**
 * Something that is on or off from this moment on, rather than when a form is sent. It turns when
 * `checked` says so, not when it is pressed: whoever is asked first may refuse.
 */
export function SwitchField({
  label,
  labelHidden = false,
  ...rest
}: Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'type'> &
  Pick<FieldTexts, 'label' | 'labelHidden'>) {
  const id = useId()
  const turn: InputHTMLAttributes<HTMLInputElement>['onChange'] = (event) => {
    const { currentTarget } = event
    rest.onChange?.(event)
    if (rest.checked !== undefined) currentTarget.checked = rest.checked
  }
  const own = { id, className: styles['switch'], onChange: turn }
  return (
    <div className={styles['switchRow']}>
      {/* Of a checkbox the browser tells whether it is checked. */}
      {/* oxlint-disable-next-line jsx-a11y/role-has-required-aria-props */}
      <input type="checkbox" role="switch" {...rest} {...own} />
      <label htmlFor={id} className={labelHidden ? 'hidden-text' : undefined}>
        {label}
      </label>
    </div>
  )
}
