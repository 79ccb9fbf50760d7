import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client, read } from './client.ts'

/** What the server shows, and to whom: `public`, `members` or `off`; and who calls. */
export type Site = Awaited<ReturnType<typeof findSite>>

/** Who uses the pages: somebody who is known, or null for a stranger. */
export type Session = Site['caller']

const rank = ['viewer', 'uploader', 'operator', 'admin'] as const
export type Role = (typeof rank)[number]

// Not sessions/current: that is an error for strangers, and browsers write errors down.
const findSite = () => read(client.GET('/api/v1/site'))

const query = { queryKey: ['session'], queryFn: findSite, staleTime: 60_000 }

/** What the server shows to whom. */
export function useSite() {
  return useQuery(query)
}

/** The session; `isPending` until it is known whether there is one. */
export function useSession() {
  return useQuery({ ...query, select: ({ caller }: Site): Session => caller })
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
        await renew(queries)
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

/**
 * Forgets all that was read but the session, which is read again in its place: if nobody knew for a
 * moment who is there, the uploads under way would be taken for a stranger's, and stopped.
 *
 * @throws what the reading of the session fails with.
 */
async function renew(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== query.queryKey[0] }),
    queries.invalidateQueries({ queryKey: query.queryKey }, { throwOnError: true }),
  ])
}
