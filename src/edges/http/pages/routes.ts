import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { writeContentSecurityPolicy } from './content-security-policy.ts'
import { sendApp, serveAssets } from './serve-app.ts'

const assets = fileURLToPath(new URL('assets', import.meta.url))
/** Swagger UI's own files, without a line of script in a page. */
const docs = join(dirname(fileURLToPath(import.meta.resolve('@fastify/swagger-ui'))), 'static')

/** The pages: the site's as far as SITE has them, the watch page, the console, the API's description. */
export const pageRoutes: FastifyPluginAsync<{ parts: Parts }> = async (app, { parts }) => {
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
  for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css']) {
    app.get(`/watch/assets/docs/${file}`, async (_request, reply) => reply.sendFile(file, docs))
  }

  // Whatever else people look for with a browser; programs are told a problem.
  app.get('/*', async (request, reply) => {
    if (!wantsPage(request)) throw new ReelmillError('route_not_found')
    return sendApp(request, reply.code(404), 'index')
  })

  app.get('/api/docs', async (_request, reply) => reply.sendFile('docs.html'))
  app.get('/watch/:id', async (request, reply) => sendApp(request, reply, 'index'))
  const framed = writeContentSecurityPolicy(parts.config, parts.storage, '*')
  app.get('/embed/:id', async (request, reply) =>
    sendApp(request, reply.header('content-security-policy', framed), 'embed'),
  )
}

function wantsPage({ url, headers }: FastifyRequest): boolean {
  return !/^\/(api|media)\//.test(url) && /\btext\/html\b/.test(headers.accept ?? '')
}
