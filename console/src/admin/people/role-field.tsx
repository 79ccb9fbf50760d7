import { SelectField } from '../../ui/field.tsx'
import type { Role } from './use-people.ts'

const meanings: Readonly<Record<Role, string>> = {
  viewer: 'Sees and watches videos.',
  uploader: 'Brings videos, and changes their own.',
  operator: 'All videos, runners, jobs, webhooks.',
  admin: 'Everything, people and keys too.',
}

const roles = Object.keys(meanings) as Role[]

/** What somebody may do. */
export function RoleField({
  value,
  onChange,
}: {
  readonly value: Role
  readonly onChange: (role: Role) => void
}) {
  return (
    <SelectField
      label="Role"
      value={value}
      hint={meanings[value]}
      onChange={({ currentTarget }) =>
        onChange(roles.find((role) => role === currentTarget.value) ?? 'viewer')
      }
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {role}
        </option>
      ))}
    </SelectField>
  )
}
