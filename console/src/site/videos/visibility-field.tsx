import type { Video } from '../../api/client.ts'
import { SelectField } from '../../ui/field.tsx'

type Visibility = Video['visibility']

const hints: Readonly<Record<Visibility, string>> = {
  public: 'Whoever has its address can watch it.',
  private: 'Only you and operators can watch it.',
}

/** Who may see and watch a video. */
export function VisibilityField({
  value,
  onChange,
}: {
  readonly value: Visibility
  readonly onChange: (value: Visibility) => void
}) {
  return (
    <SelectField
      label="Who can watch it"
      value={value}
      hint={hints[value]}
      onChange={(event) => onChange(event.currentTarget.value === 'private' ? 'private' : 'public')}
    >
      <option value="public">Public</option>
      <option value="private">Private</option>
    </SelectField>
  )
}
