import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import type { Parts } from '#flow/parts.ts'
import { isVisible } from '#people/rights.ts'
import type { VideoView } from '#videos/video-view.ts'
import { watchVideo } from '../../live/watch-video.ts'
import type { Access } from '../access/access.ts'
import { asNew, findViewer } from '../access/principal-of.ts'
import { requireVisibleVideo } from '../videos/require-video.ts'
import { writeContentSecurityPolicy } from './content-security-policy.ts'
import { toPageView } from './page-view.ts'
import { sendApp, serveAssets } from './serve-app.ts'

const assets = fileURLToPath(new URL('assets', import.meta.url))
/** Swagger UI's own files, without a line of script in a page. */
const docs = join(dirname(fileURLToPath(import.meta.resolve('@fastify/swagger-ui'))), 'static')
const player = dirname(fileURLToPath(import.meta.resolve('hls.js')))

/** The pages: the site's as far as SITE has them, the watch page, the console, the API's description. */
export const pageRoutes: FastifyPluginAsync<{ parts: Parts; access: Access }> = async (
  app,
  { parts, access },
) => {
  const policy = writeContentSecurityPolicy(parts.config, parts.storage)
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', policy).header('referrer-policy', 'same-origin')
  })
  await app.register(fastifyStatic, { root: assets, prefix: '/watch/assets/', maxAge: 0 })
  await serveAssets(app)
  for (const path of ['/login', '/setup', '/account']) {
    app.get(path, async (request, reply) => sendApp(request, reply, 'index'))
  }
  for (const path of ['/', '/upload']) {
    app.get(path, async (request, reply) => {
      // Relative, for whoever is mounted below a prefix.
      if (parts.config.site === 'off') return reply.redirect('./console')
      return sendApp(request, reply, 'index')
    })
  }
  for (const path of ['/console', '/console/*']) {
    app.get(path, async (request, reply) => sendApp(request, reply, 'admin'))
  }
  for (const file of ['hls.min.js', 'hls.worker.js']) {
    app.get(`/watch/assets/player/${file}`, async (_request, reply) => reply.sendFile(file, player))
  }
  for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css']) {
    app.get(`/watch/assets/docs/${file}`, async (_request, reply) => reply.sendFile(file, docs))
  }

  app.get('/api/docs', async (_request, reply) => reply.sendFile('docs.html'))
  app.get<{ Params: { id: string } }>('/watch/:id', async (_request, reply) =>
    reply.sendFile('watch.html'),
  )
  // Without HEAD, which a stream never answers.
  const get = { exposeHeadRoute: false }
  app.get<{ Params: { id: string } }>('/watch/:id/events', get, async (request, reply) => {
    let viewer = await findViewer(access, request)
    const videoId = await requireVisibleVideo(parts, viewer, request.params.id)
    const admit = async () => {
      viewer = await findViewer(access, asNew(request))
    }
    const show = (video: VideoView) => (isVisible(viewer, video) ? toPageView(video) : null)
    watchVideo(parts, request, reply, { videoId, show, admit, tell: null })
    return reply
  })
}
