import { useQuery } from '@tanstack/react-query'
import { client, read, type Schemas } from '../../api/client.ts'
import { usePolling } from '../../api/live.tsx'

export type Runner = Schemas['Runner']

/** As many as the API gives at once. */
const pageSize = 100
/** Being there is a matter of time: no event tells of it. */
const lookEveryMs = 20_000

/** All runners, those that work first, then by name; live events keep them true. */
export function useRunners() {
  return useQuery({
    queryKey: ['fleet', 'runners'],
    queryFn: listRunners,
    refetchInterval: usePolling(lookEveryMs),
  })
}

/** Registration tokens, the newest first. */
export function useTokens() {
  return useQuery({
    queryKey: ['fleet', 'registration-tokens'],
    queryFn: () =>
      read(
        client.GET('/api/v1/runners/registration-tokens', {
          params: { query: { count: String(pageSize) } },
        }),
      ),
  })
}

async function listRunners(): Promise<Runner[]> {
  const runners: Runner[] = []
  for (;;) {
    const query = { start: String(runners.length), count: String(pageSize) }
    const { total, data } = await read(client.GET('/api/v1/runners/', { params: { query } }))
    runners.push(...data)
    // Fewer than there were: some went while we read.
    if (data.length === 0 || runners.length >= total) break
  }
  return runners.toSorted(compare)
}

/** Who is there first; by name as people count: 2 before 10. */
function compare(a: Runner, b: Runner): number {
  return (
    Number(b.online) - Number(a.online) || a.name.localeCompare(b.name, 'en', { numeric: true })
  )
}
