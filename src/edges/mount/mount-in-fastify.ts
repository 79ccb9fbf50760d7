import type { FastifyInstance } from 'fastify'
import type { Mounted } from './mount-on-server.ts'
import { mountOnServer } from './mount-on-server.ts'
import { Visitors } from './visitors.ts'

/**
 * Registers Reelmill as a plugin of a host's Fastify, before that is ready: routes for its own
 * addresses, behind the host's hooks as all routes are. Everything else that it needs is its own
 * (parsers of bodies, handlers of errors, limits, the log), and nothing of it reaches the host's other
 * routes. Reelmill closes with the host.
 *
 * @param onClose is called when the host closes.
 * @returns what ends all that is open of its.
 */
export async function mountInFastify(
  host: FastifyInstance,
  mounted: Mounted,
  onClose: () => Promise<void>,
): Promise<() => void> {
  const visitors = new Visitors()
  await host.register(
    async (app) => {
      // Bodies are read by Reelmill itself, as they come.
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', (_request, _body, done) => done(null))
      for (const path of mounted.ownPaths.list()) {
        for (const url of [path, `${path}/*`]) {
          app.all(url, { logLevel: 'silent', exposeHeadRoute: false }, (request, reply) => {
            reply.hijack()
            request.raw.url = (request.raw.url ?? '').slice(mounted.prefix.length)
            visitors.add(reply.raw)
            mounted.server.emit('request', request.raw, reply.raw)
          })
        }
      }
      app.addHook('preClose', onClose)
    },
    { prefix: mounted.prefix },
  )
  const unmount = mountOnServer(host.server, mounted, { requests: false })
  return () => {
    unmount()
    visitors.endAll()
  }
}
