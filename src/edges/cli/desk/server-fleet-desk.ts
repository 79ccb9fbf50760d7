import { ReelmillError } from '#errors/reelmill-error.ts'
import { jobStates } from '#jobs/list.ts'
import { type Caller, createCaller } from './call-server.ts'
import type { FleetDesk, JobFilter, JobItem, RunnerItem, TokenItem } from './fleet-desk.ts'

/** As many as a server gives at once (runner protocol 1.3). */
const pageSize = 100

interface Page<Item> {
  readonly total: number
  readonly data: readonly Item[]
}

/** The runners, jobs and tokens of a server, through the operator's calls of the runner protocol. */
export function openServerFleetDesk(server: string, key: string | null): FleetDesk {
  const call = createCaller(`${server.replace(/\/+$/, '')}/api/v1/runners`, key)
  return {
    listRunners: async () => (await listAll<WireRunner>(call, '', {})).map(toRunner),
    setRunnerState: async (id, json) =>
      toRunner(await call<WireRunner>('POST', `/${id}/state`, { json })),
    removeRunner: (id) => call<void>('DELETE', `/${id}`),
    listJobs: async (filter) =>
      (await listAll<WireJob>(call, '/jobs', toQuery(filter), filter.limit)).map(toJob),
    retryJob: (uuid) => call<void>('POST', `/jobs/${uuid}/retry`),
    cancelJob: (uuid) => call<void>('POST', `/jobs/${uuid}/cancel`),
    deleteJob: (uuid) => call<void>('DELETE', `/jobs/${uuid}`),
    createToken: async () => {
      const headers = { prefer: 'return=representation' }
      const {
        registrationToken: token,
        id,
        createdAt,
      } = await call<WireToken>('POST', '/registration-tokens/generate', { headers })
      return { id, token, createdAt }
    },
    listTokens: async () =>
      (await listAll<WireToken>(call, '/registration-tokens', { sort: 'createdAt' })).map(toToken),
    revokeToken: async (id) => {
      if (/^\d+$/.test(id)) return call<void>('DELETE', `/registration-tokens/${id}`)
      throw new ReelmillError(
        'invalid_request',
        "A server's token is revoked by its id: see token list.",
      )
    },
    close: async () => undefined,
  }
}

async function listAll<Item>(
  call: Caller,
  path: string,
  query: Readonly<Record<string, string>>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> {
  const items: Item[] = []
  let total = Number.POSITIVE_INFINITY
  while (items.length < Math.min(limit, total)) {
    const count = Math.min(pageSize, limit - items.length)
    const asked = new URLSearchParams({
      ...query,
      start: String(items.length),
      count: String(count),
    })
    const page = await call<Page<Item>>('GET', `${path}?${asked.toString()}`)
    // Fewer than there were: some went while we read.
    if (page.data.length === 0) break
    items.push(...page.data)
    total = page.total
  }
  return items
}

interface WireRunner extends Omit<RunnerItem, 'lastContactAt'> {
  readonly lastContact: string
  /** For pages; nothing that a list of one line each can show. */
  readonly work?: unknown
}

function toRunner({ lastContact, ...wire }: WireRunner): RunnerItem {
  const runner = { ...wire, lastContactAt: lastContact }
  delete runner.work
  return runner
}

interface WireToken {
  readonly id: number
  readonly registrationToken: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly registeredRunnersCount: number
}

function toToken({ registrationToken, registeredRunnersCount, ...token }: WireToken): TokenItem {
  const hint = registrationToken.slice(-4)
  return { ...token, hint, runners: registeredRunnersCount, revokedAt: null }
}

interface WireJob extends Omit<JobItem, 'state' | 'runner' | 'progress'> {
  readonly state: { readonly id: number }
  readonly runner: { readonly name: string } | null
  /** Percent. */
  readonly progress: number | null
}

function toJob(job: WireJob): JobItem {
  const { uuid, type, label, videoId, priority, failures, error, createdAt } = job
  return {
    ...{ uuid, type, label, videoId, priority, failures, error, createdAt },
    state: jobStates[job.state.id - 1] ?? 'pending',
    runner: job.runner?.name ?? null,
    progress: (job.progress ?? 0) / 100,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
  }
}

function toQuery({ state, type, videoId, search }: JobFilter): Record<string, string> {
  return {
    ...(state ? { stateOneOf: String(jobStates.indexOf(state) + 1) } : {}),
    ...(type ? { typeOneOf: type } : {}),
    ...(videoId ? { videoId } : {}),
    ...(search ? { search } : {}),
  }
}
