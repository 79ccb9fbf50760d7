import type { FastifyPluginAsync } from 'fastify'
import type { Access } from '#edges/http/access/access.ts'
import { guardCalls } from '#edges/http/access/guard-calls.ts'
import type { Parts } from '#flow/parts.ts'
import { adminJobRoutes } from './admin-job-routes.ts'
import { adminRunnerRoutes } from './admin-runner-routes.ts'
import { adminTokenRoutes } from './admin-token-routes.ts'

/**
 * The operator's calls of the runner protocol (1.3, 1.5), for operators as the rest of the API knows
 * them: 401 for strangers. A runner's token is no key.
 */
export function adminRoutes(parts: Parts, access: Access): FastifyPluginAsync {
  return async (app) => {
    const operators = { role: 'operator', scope: 'runners' } as const
    guardCalls(app, access, { read: operators, write: operators })
    await app.register(adminRunnerRoutes(parts))
    await app.register(adminTokenRoutes(parts))
    await app.register(adminJobRoutes(parts))
  }
}
