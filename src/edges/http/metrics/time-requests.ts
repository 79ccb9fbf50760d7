import type { FastifyInstance } from 'fastify'
import { Histogram, Registry } from 'prom-client'

/** From what is answered out of memory to what waits for a bucket, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * Times the answers of all routes that are added afterwards, by route and status. What is poured out
 * past Fastify is left out: streams of events last for as long as somebody looks, files of media for
 * as long as a viewer's line takes.
 */
export function timeRequests(app: FastifyInstance): Registry {
  const registry = new Registry()
  const histogram = new Histogram({
    name: 'reelmill_http_request_duration_seconds',
    help: 'Time until an answer was sent, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode }
    histogram.observe(labels, reply.elapsedTime / 1000)
  })
  return registry
}
