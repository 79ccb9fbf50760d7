import type { FastifyPluginAsync } from 'fastify'
import type { Access } from '#edges/http/access/access.ts'
import { guardOrigin } from '#edges/http/access/guard-host.ts'
import { guardKey } from '#edges/http/access/guard-key.ts'
import type { Parts } from '#flow/parts.ts'
import { adminJobRoutes } from './admin-job-routes.ts'
import { adminRunnerRoutes } from './admin-runner-routes.ts'
import { adminTokenRoutes } from './admin-token-routes.ts'

/**
 * The operator's calls of the runner protocol (1.3, 1.5), behind the same key as the rest of the
 * API: 401 without it. A runner's token is no key.
 */
export function adminRoutes(parts: Parts, access: Access): FastifyPluginAsync {
  return async (app) => {
    app.addHook('onRequest', async (request) => {
      guardOrigin(access, request)
      guardKey(access, request)
    })
    await app.register(adminRunnerRoutes(parts))
    await app.register(adminTokenRoutes(parts))
    await app.register(adminJobRoutes(parts))
  }
}
