import { useQuery } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'

/** Names of the profiles that can be chosen, in the order of the alphabet; empty until they are known. */
export function useProfileNames(): readonly string[] {
  const { data } = useQuery({
    queryKey: ['profiles', 'names'],
    queryFn: async () => {
      const { profiles } = await read(client.GET('/api/v1/profiles'))
      return profiles.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))
    },
  })
  return data ?? []
}
