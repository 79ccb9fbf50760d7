import { useQuery } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'
import { SelectField } from '../../ui/field.tsx'

/** What the server makes of a file when nobody says otherwise. */
const usual = 'default'

/** What is made of a file; left out where there is nothing to choose. null: the server's own choice. */
export function ProfileField({
  value,
  onChange,
}: {
  readonly value: string | null
  readonly onChange: (profile: string | null) => void
}) {
  const { data: profiles = [] } = useQuery({
    queryKey: ['profiles'],
    queryFn: async () => (await read(client.GET('/api/v1/profiles'))).profiles,
  })
  const whole = profiles.filter(({ profile }) => profile !== null)
  if (whole.length < 2) return null
  const chosen = value ?? usual
  return (
    <SelectField
      label="Profile"
      value={chosen}
      hint={whole.find(({ name }) => name === chosen)?.description ?? 'What is made of the file.'}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === usual ? null : currentTarget.value)
      }
    >
      {whole.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
