import { QueryClient } from '@tanstack/react-query'
import { ReelmillProblem } from './client.ts'

/**
 * What the pages have read. Keys begin with what they are of: `['videos', filters]`, `['video', id]`,
 * `['fleet', …]` for runners and jobs, `['statistics', …]`; live.tsx keeps those true.
 */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Live events say what changed; this is for what they do not tell.
        staleTime: 15_000,
        // What the server refused it refuses again.
        retry: (count, error) => count < 3 && !isRefusal(error),
      },
    },
  })
}

function isRefusal(error: unknown): boolean {
  return error instanceof ReelmillProblem && error.status < 500 && error.status !== 429
}
