import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { BulkOutcomeSchema, doToEach } from '#edges/http/bulk.ts'
import { problems } from '#edges/http/schemas.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { dismissRunner } from '#flow/runner-leaves.ts'
import { setRunnerState } from '#flow/runner-state.ts'
import { type RunnerWork, readWorkOfRunners } from '#jobs/work-of-runners.ts'
import { getRunner, listRunners, type RunnerView } from '#runners/list.ts'
import { readPaging } from './admin-paging.ts'
import { RunnerParams, RunnersBulkBody, RunnersQuery, StateBody } from './admin-schemas.ts'
import { Runner, RunnerList } from './fleet-schemas.ts'
import { noContent } from './schemas.ts'

const about = (summary: string) => ({ tags: ['runners'], summary })
const answer = { response: { 200: Runner, ...problems } }

/** Runners as an operator sees and governs them (runner protocol 1.3, calls 3 and 4; P-75). */
export function adminRunnerRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    const list = { ...about('Runners, with what they do'), querystring: RunnersQuery }
    const listed = { ...list, response: { 200: RunnerList, ...problems } }
    app.get('/', { schema: listed }, async ({ query }) => {
      const { total, runners } = await listRunners(parts.database, {
        ...readPaging(query),
        search: query.search,
        oldestFirst: query.sort === 'createdAt',
      })
      return { total, data: await presentRunners(parts, runners) }
    })

    const one = { ...about('A runner, with what it does'), params: RunnerParams, ...answer }
    app.get('/:runnerId', { schema: one }, async ({ params }) =>
      showRunner(parts, Number(params.runnerId)),
    )

    const remove = { ...about('Remove a runner; others get its jobs'), params: RunnerParams }
    const removed = { ...remove, response: { 204: noContent, ...problems } }
    app.delete('/:runnerId', { schema: removed }, async (request, reply) => {
      await dismissRunner(parts, Number(request.params.runnerId))
      return reply.status(204).send(null)
    })

    // Reelmill's own from here on.
    const change = { ...about('Drain, disable or enable a runner'), params: RunnerParams }
    const changed = { ...change, body: StateBody, ...answer }
    app.post('/:runnerId/state', { schema: changed }, async ({ params, body }) => {
      const id = Number(params.runnerId)
      await setRunnerState(parts, id, body)
      return showRunner(parts, id)
    })

    const many = { ...about('Drain, disable, enable or remove many runners') }
    const outcome = { response: { 200: BulkOutcomeSchema, ...problems } }
    const schema = { ...many, body: RunnersBulkBody, ...outcome }
    app.post('/bulk', { schema }, async ({ body, log }) =>
      doToEach(body.ids.map(String), (id) => govern(parts, Number(id), body), log),
    )
  }
}

const states = { enable: 'active', drain: 'draining', disable: 'disabled' } as const

async function govern(
  parts: Parts,
  id: number,
  { action, reason }: Static<typeof RunnersBulkBody>,
): Promise<void> {
  if (action === 'remove') await dismissRunner(parts, id)
  else await setRunnerState(parts, id, { state: states[action], reason })
}

async function showRunner(parts: Parts, id: number) {
  const runner = await getRunner(parts.database, id)
  if (!runner) throw new ReelmillError('runner_not_found')
  const [presented] = await presentRunners(parts, [runner])
  return presented
}

const idle: RunnerWork = { jobs: [], speed: null, completed: 0, failed: 0, lastFailure: null }

/** The protocol's fields, and Reelmill's own under the names that the view has. */
async function presentRunners({ database }: Parts, runners: readonly RunnerView[]) {
  const ids = runners.map(({ id }) => id)
  const work = await readWorkOfRunners(database, ids)
  return runners.map(({ lastContactAt, ...runner }) => ({
    ...runner,
    lastContact: lastContactAt,
    work: work.get(runner.id) ?? idle,
  }))
}
