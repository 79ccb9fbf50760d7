import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { client, read } from '../../api/client.ts'
import { useTell } from '../../ui/toasts.tsx'

/** Those who may log in. */
export function useUsers() {
  return useQuery({
    queryKey: ['users'],
    queryFn: async () => (await read(client.GET('/api/v1/users'))).users,
  })
}

export type User = NonNullable<ReturnType<typeof useUsers>['data']>[number]
export type Role = User['role']

/** Keys of programs; those that were ended only where they are wanted. */
export function useKeys(revoked: boolean) {
  return useQuery({
    queryKey: ['keys', { revoked }],
    queryFn: async () =>
      (await read(client.GET('/api/v1/keys', { params: { query: { revoked } } }))).keys,
  })
}

export type Key = NonNullable<ReturnType<typeof useKeys>['data']>[number]

/** Does something, tells how it went, and reads users and keys again; false where it failed. */
export function useChange() {
  const queries = useQueryClient()
  const tell = useTell()
  return useCallback(
    async (work: () => Promise<unknown>, good: string, bad: string): Promise<boolean> => {
      try {
        await work()
        tell.good(good)
        return true
      } catch (error) {
        tell.bad(bad, error)
        return false
      } finally {
        void queries.invalidateQueries({ queryKey: ['users'] })
        void queries.invalidateQueries({ queryKey: ['keys'] })
      }
    },
    [queries, tell],
  )
}
