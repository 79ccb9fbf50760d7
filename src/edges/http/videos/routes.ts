import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Parts } from '#flow/parts.ts'
import { videoEventsRoute } from '../../live/video-events-route.ts'
import type { Access } from '../access/access.ts'
import { guardOrigin } from '../access/guard-host.ts'
import { guardKey } from '../access/guard-key.ts'
import { discardRest } from '../discard-rest.ts'
import { changeRoutes } from './change-routes.ts'
import { createRoute } from './create-route.ts'
import { directUploadRoutes } from './direct-upload-routes.ts'
import { jobRoutes } from './job-routes.ts'
import { planRoute } from './plan-route.ts'
import { readRoutes } from './read-routes.ts'
import { uploadRoute } from './upload-route.ts'

export interface VideoRouteOptions {
  readonly parts: Parts
}

/** Of routes for which it matters who calls. */
export interface GuardedRouteOptions extends VideoRouteOptions {
  readonly access: Access
}

/** /api/v1/videos: every route behind the key, where there is one. */
export const videoRoutes: FastifyPluginAsyncTypebox<GuardedRouteOptions> = async (
  app,
  { parts, access },
) => {
  app.addHook('onRequest', async (request) => {
    guardOrigin(access, request)
    guardKey(access, request)
  })
  app.addHook('onRoute', (route) => {
    if (route.schema) route.schema.security = [{ key: [] }, {}]
  })
  // Else a form of another site could send JSON as text without the browser asking us first.
  app.removeContentTypeParser('text/plain')
  await app.register(multipart)
  app.addHook('onError', discardRest)
  await app.register(createRoute, { parts, access })
  await app.register(directUploadRoutes, { parts })
  await app.register(uploadRoute, { parts })
  await app.register(planRoute, { parts })
  await app.register(readRoutes, { parts })
  await app.register(changeRoutes, { parts })
  await app.register(jobRoutes, { parts })
  await app.register(videoEventsRoute, { parts })
}
