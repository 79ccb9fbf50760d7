import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'
import { useTell } from '../../ui/toasts.tsx'
import { sayValue, words } from './policy-words.ts'

async function listPolicies() {
  return (await read(client.GET('/api/v1/policies'))).policies
}

/** A policy as the API shows it. */
export type Policy = Awaited<ReturnType<typeof listPolicies>>[number]
export type PolicyKey = Policy['key']

/** All policies, and what each holds back now. */
export function usePolicies() {
  return useQuery({ queryKey: ['policies', 'list'], queryFn: listPolicies })
}

/** The latest changes. */
export function usePolicyChanges() {
  return useQuery({
    queryKey: ['policies', 'changes'],
    queryFn: async () => (await read(client.GET('/api/v1/policies/changes'))).changes,
  })
}

/** Changes one policy at once and tells how that went; null: its default. */
export function useChangePolicy(key: PolicyKey) {
  const queries = useQueryClient()
  const tell = useTell()
  return useMutation({
    mutationFn: (value: boolean | number | null) =>
      read(client.PATCH('/api/v1/policies', { body: { [key]: value } })),
    onSuccess: ({ policies }) => {
      queries.setQueryData(['policies', 'list'], policies)
      void queries.invalidateQueries({ queryKey: ['policies', 'changes'] })
      const policy = policies.find((each) => each.key === key)
      if (policy) tell.good(`${words[key].name}: ${sayValue(key, policy.value)}`)
    },
    onError: (error) => tell.bad(`${words[key].name} was not changed`, error),
  })
}
