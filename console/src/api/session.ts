import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client, ReelmillProblem, read } from './client.ts'

/** Who uses the pages: somebody who is known, or null for a stranger. */
export type Session = Awaited<ReturnType<typeof findSession>>

const rank = ['viewer', 'uploader', 'operator', 'admin'] as const
export type Role = (typeof rank)[number]

async function findSession() {
  try {
    return await read(client.GET('/api/v1/sessions/current'))
  } catch (error) {
    if (error instanceof ReelmillProblem && error.status === 401) return null
    throw error
  }
}

/** The session; `isPending` until it is known whether there is one. */
export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: findSession, staleTime: 60_000 })
}

/** Whether the session has at least a role. */
export function hasRole(session: Session | undefined, role: Role): boolean {
  return !!session && rank.indexOf(session.role) >= rank.indexOf(role)
}

/** Logging in and out. Whatever was read before is forgotten: it may be another's to see. */
export function useLogin() {
  const queries = useQueryClient()
  return useMemo(
    () => ({
      logIn: async (name: string, password: string) => {
        const { user } = await read(client.POST('/api/v1/sessions', { body: { name, password } }))
        await queries.resetQueries()
        return user
      },
      logOut: async (): Promise<void> => {
        await client.DELETE('/api/v1/sessions/current')
        await queries.resetQueries()
      },
    }),
    [queries],
  )
}
