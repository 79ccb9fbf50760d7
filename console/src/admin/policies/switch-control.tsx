import { useConfirm } from '../../ui/confirm.tsx'
import { SwitchField } from '../../ui/field.tsx'
import { words } from './policy-words.ts'
import type { Policy } from './use-policies.ts'

/** A policy that is on or off, sent when it is turned. */
export function SwitchControl({
  policy: { key },
  value,
  disabled,
  onChange,
}: {
  readonly policy: Policy
  readonly value: boolean
  readonly disabled: boolean
  readonly onChange: (value: boolean) => void
}) {
  const confirm = useConfirm()
  const { name, question } = words[key]
  const turn = async () => {
    if (!value && question && !(await confirm(question))) return
    onChange(!value)
  }
  return (
    <SwitchField
      label={name}
      labelHidden
      checked={value}
      disabled={disabled}
      onChange={() => void turn()}
    />
  )
}
