import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Parts } from '#flow/parts.ts'
import { unregisterRunner } from '#flow/runner-leaves.ts'
import { registerRunner } from '#runners/register.ts'
import { RegisterBody, RunnerBody } from './schemas.ts'

/** How runners come and go (runner protocol 1.3). */
export function registrationRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/register', { schema: { body: RegisterBody } }, async (request) => {
      const runner = await registerRunner(parts.database, { ...request.body, ip: request.ip })
      request.log.info({ runner: runner.name, ip: request.ip }, 'a runner registered')
      return runner
    })

    app.post('/unregister', { schema: { body: RunnerBody } }, async (request, reply) => {
      await unregisterRunner(parts, request.body.runnerToken)
      return reply.status(204).send()
    })
  }
}
