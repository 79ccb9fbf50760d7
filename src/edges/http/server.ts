import { randomUUID } from 'node:crypto'
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import { linksPath } from '#flow/links/links-of.ts'
import type { Parts } from '#flow/parts.ts'
import { eventsRoute } from '../live/events-route.ts'
import { openAccess } from './access/access.ts'
import { guardHost } from './access/guard-host.ts'
import { answerMalformed } from './answer-malformed.ts'
import { describeApi } from './describe-api.ts'
import { healthRoutes } from './health.ts'
import { linkRoutes } from './links/routes.ts'
import { mediaRoutes } from './media/routes.ts'
import { metricsRoute } from './metrics/routes.ts'
import { timeRequests } from './metrics/time-requests.ts'
import { processedVideoRoute } from './notifications/processed-video-route.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { pageRoutes } from './pages/routes.ts'
import { keyRoutes } from './people/key-routes.ts'
import { sessionRoutes } from './people/session-routes.ts'
import { setupRoute } from './people/setup-route.ts'
import { siteRoute } from './people/site-route.ts'
import { userRoutes } from './people/user-routes.ts'
import { policyRoutes } from './policies/routes.ts'
import { answerWithProblems, sendProblem } from './problems.ts'
import { profileRoutes } from './profiles/routes.ts'
import { requireStorable } from './require-storable.ts'
import { statisticsRoutes } from './statistics/routes.ts'
import { systemRoutes } from './system/routes.ts'
import { uploadRoutes } from './uploads/routes.ts'
import { videoRoutes } from './videos/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { workerRoute } from './worker/worker-route.ts'

/** Bytes of a body that is held in memory; uploads are streamed and have limits of their own. */
const bodyLimit = 1024 ** 2

/**
 * The HTTP server: API, media, pages, health. Not listening yet, and open for more routes.
 *
 * @param onRoute is told of every route, as `/media/:id/*` and `GET`; several methods with commas.
 */
export async function buildHttpServer(
  parts: Parts,
  onRoute: (url: string, method: string) => void = () => undefined,
): Promise<FastifyInstance> {
  const access = openAccess(parts)
  const app = createServer(parts)
  app.addHook('onRoute', ({ url, method }) => onRoute(url, String(method)))
  answerWithProblems(app)
  const requests = timeRequests(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
    guardHost(access, request)
  })
  app.addHook('preValidation', async ({ body, query }) => {
    requireStorable(body)
    requireStorable(query)
  })
  await app.register(describeApi)
  await app.register(uploadRoutes, { parts, access, prefix: '/api/v1/uploads' })
  await app.register(videoRoutes, { parts, access, prefix: '/api/v1/videos' })
  await app.register(setupRoute, { parts, access, prefix: '/api/v1/setup' })
  await app.register(sessionRoutes, { parts, access, prefix: '/api/v1/sessions' })
  await app.register(siteRoute, { parts, access, prefix: '/api/v1/site' })
  await app.register(userRoutes, { parts, access, prefix: '/api/v1/users' })
  await app.register(keyRoutes, { parts, access, prefix: '/api/v1/keys' })
  await app.register(eventsRoute, { parts, access, prefix: '/api/v1/events' })
  await app.register(policyRoutes, { parts, access, prefix: '/api/v1/policies' })
  await app.register(profileRoutes, { parts, access, prefix: '/api/v1/profiles' })
  await app.register(webhookRoutes, { parts, access, prefix: '/api/v1/webhooks' })
  await app.register(statisticsRoutes, { parts, access, prefix: '/api/v1/statistics' })
  await app.register(systemRoutes, { parts, access, prefix: '/api/v1/system' })
  await app.register(notificationRoutes, { parts, access, prefix: '/api/v1/notifications' })
  // Where sites of that kind have had their processors report, and their pages ask.
  await app.register(notificationRoutes, { parts, access, prefix: '/api/videos' })
  await app.register(processedVideoRoute, { parts, access, prefix: '/api/videos' })
  await app.register(workerRoute, { parts, access, prefix: '/api/v1/worker' })
  await app.register(mediaRoutes, { parts, access, prefix: '/media' })
  await app.register(linkRoutes, { parts, prefix: linksPath })
  await app.register(healthRoutes, { parts })
  await app.register(metricsRoute, { parts, access, requests })
  await app.register(pageRoutes, { parts })
  return app
}

/** A caller's own name for a request, where it is one that a log can bear. */
function readRequestId(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && /^[\w.:-]{8,128}$/.test(header) ? header : null
}

function createServer({ config, log }: Parts): FastifyInstance {
  // Named by its general type, which is the one that plugins are written for.
  const loggerInstance: FastifyBaseLogger = log
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    // An upload may take hours; slow headers are still cut off by Node's own limit for them.
    requestTimeout: 0,
    trustProxy: config.trustedProxy ? [...config.trustedProxy] : false,
    // An address that is no valid text reaches no route, and so no handler of errors either.
    clientErrorHandler: answerMalformed,
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, error),
    genReqId: ({ headers }) => readRequestId(headers['x-request-id']) ?? randomUUID(),
    // Live events are open for as long as somebody watches; closing must not wait for them.
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, allErrors: true } },
  })
  // Schemas of answers are documentation; leaving out fields that they forget would hide mistakes.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  return app
}
