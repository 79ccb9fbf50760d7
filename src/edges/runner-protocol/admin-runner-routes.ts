import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { dismissRunner } from '#flow/runner-leaves.ts'
import { setRunnerState } from '#flow/runner-state.ts'
import { getRunner, listRunners, type RunnerView } from '#runners/list.ts'
import { readPaging } from './admin-paging.ts'
import { PageQuery, RunnerParams, StateBody } from './admin-schemas.ts'

/** Runners as an operator sees and governs them (runner protocol 1.3, calls 3 and 4). */
export function adminRunnerRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/', { schema: { querystring: PageQuery } }, async ({ query }) => {
      const oldestFirst = query.sort === 'createdAt'
      const { total, runners } = await listRunners(parts.database, {
        ...readPaging(query),
        oldestFirst,
      })
      return { total, data: runners.map(presentRunner) }
    })

    app.delete('/:runnerId', { schema: { params: RunnerParams } }, async (request, reply) => {
      await dismissRunner(parts, Number(request.params.runnerId))
      return reply.status(204).send()
    })

    // Reelmill's own: drain, disable and enable a runner.
    app.post(
      '/:runnerId/state',
      { schema: { params: RunnerParams, body: StateBody } },
      async ({ params, body }) => {
        const id = Number(params.runnerId)
        await setRunnerState(parts, id, body)
        const runner = await getRunner(parts.database, id)
        if (!runner) throw new ReelmillError('runner_not_found')
        return presentRunner(runner)
      },
    )
  }
}

/** The protocol's fields, and Reelmill's own under the names that the view has. */
function presentRunner({ lastContactAt, ...runner }: RunnerView) {
  return { ...runner, lastContact: lastContactAt }
}
