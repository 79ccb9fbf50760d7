import multipart from '@fastify/multipart'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { openAccess } from '#edges/http/access/access.ts'
import { discardRest } from '#edges/http/discard-rest.ts'
import { openLiveSockets } from '#edges/live/live-sockets.ts'
import { openRedis } from '#edges/redis/open-redis.ts'
import { openSockets } from '#edges/sockets/open-sockets.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { adminRoutes } from './admin-routes.ts'
import { handInRoutes } from './hand-in-routes.ts'
import { idleMs } from './idle.ts'
import { inputRoutes } from './input-routes.ts'
import { jobRoutes } from './job-routes.ts'
import { sendProblem } from './problem.ts'
import { limitStrangers } from './rate-limit.ts'
import { registrationRoutes } from './registration-routes.ts'
import { createRoster } from './roster.ts'
import { openRunnerSockets } from './runner-sockets.ts'
import { sourceRoute } from './source-route.ts'

/**
 * The PeerTube runner protocol with Reelmill's own job types: the calls, to be registered below
 * `/api/v1/runners` before the server listens, and the sockets of runners and browsers on the same
 * port.
 */
export function runnerProtocol(parts: Parts): FastifyPluginAsync {
  return async (app) => {
    const access = openAccess(parts)
    await prepareCalls(app)
    limitStrangers(app, parts, access)
    await app.register(registrationRoutes(parts))
    const roster = createRoster()
    await app.register(jobRoutes(parts, roster))
    await app.register(sourceRoute(parts))
    await app.register(inputRoutes(parts))
    await app.register(handInRoutes(parts))
    await app.register(adminRoutes(parts, access))
    const redis = await openRedis(parts)
    const io = openSockets(app.server, redis)
    const runners = openRunnerSockets(parts, io, roster)
    openLiveSockets(parts, io, access)
    app.addHook('preClose', async () => {
      runners.close()
      redis?.close()
      // Without a word of goodbye, which would keep clients from trying again by themselves. The HTTP
      // server is Fastify's to close.
      io.engine.close()
    })
  }
}

async function prepareCalls(app: FastifyInstance): Promise<void> {
  await app.register(multipart, { limits: { fields: 1000, fieldSize: 100_000, files: 10 } })
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  // Schemas of answers are documentation, as in the rest of the API.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  app.setErrorHandler(sendProblem)
  app.addHook('onError', discardRest)
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new ReelmillError('route_not_found'), request, reply),
  )
  app.addHook('onRequest', async (request) => {
    request.raw.setTimeout(idleMs, () => request.raw.destroy())
  })
}
