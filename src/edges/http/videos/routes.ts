import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Parts } from '#flow/parts.ts'
import { videoEventsRoute } from '../../live/video-events-route.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { guardReaders } from '../access/guard-readers.ts'
import { attachmentRoutes } from '../attachments/routes.ts'
import { discardRest } from '../discard-rest.ts'
import { bulkRoute } from './bulk-route.ts'
import { changeRoutes } from './change-routes.ts'
import { createRoute } from './create-route.ts'
import { directUploadRoutes } from './direct-upload-routes.ts'
import { inspectionRoutes } from './inspection/routes.ts'
import { jobRoutes } from './job-routes.ts'
import { isListOpen } from './list-route.ts'
import { planRoute } from './plan-route.ts'
import { readRoutes } from './read-routes.ts'
import { uploadRoute } from './upload-route.ts'

export interface VideoRouteOptions {
  readonly parts: Parts
  readonly access: Access
}

/** As clients of presigned uploads call them. */
const attachmentFolders = [
  ['thumbnails', 'thumbnail'],
  ['timedtexttracks', 'subtitles'],
] as const

/** /api/v1/videos: what is public for all, as SITE says; changes for uploaders, of what is theirs. */
export const videoRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  await app.register(openRoutes, { parts, access })
  await app.register(guardedRoutes, { parts, access })
}

/** What strangers may read too, as far as it is public. */
const openRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (app, { parts, access }) => {
  const isList = ({ routeOptions }: FastifyRequest) => routeOptions.url === app.prefix
  guardReaders(app, access, (request) => !isList(request) || isListOpen(parts.config))
  await app.register(readRoutes, { parts, access })
  await app.register(videoEventsRoute, { parts, access })
}

const guardedRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  guardCalls(app, access, {
    read: { role: 'viewer', scope: 'videos:read' },
    write: { role: 'uploader', scope: 'videos:write' },
  })
  // Else a form of another site could send JSON as text without the browser asking us first.
  app.removeContentTypeParser('text/plain')
  await app.register(multipart)
  app.addHook('onError', discardRest)
  await app.register(createRoute, { parts, access })
  await app.register(directUploadRoutes, { parts, access })
  for (const [folder, kind] of attachmentFolders) {
    await app.register(attachmentRoutes, { parts, access, kind, prefix: `/:id/${folder}` })
  }
  await app.register(uploadRoute, { parts, access })
  await app.register(planRoute, { parts, access })
  await app.register(bulkRoute, { parts, access })
  await app.register(changeRoutes, { parts, access })
  await app.register(inspectionRoutes, { parts, access })
  await app.register(jobRoutes, { parts, access })
}
