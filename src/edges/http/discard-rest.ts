import type { FastifyRequest } from 'fastify'

/**
 * Takes in what is left of a refused request's body and throws it away: a parser that gave up keeps
 * it from flowing, and the next request on the same connection would wait behind it until the
 * connection is cut. For a hook on errors.
 */
export async function discardRest({ raw }: FastifyRequest): Promise<void> {
  raw.unpipe()
  raw.removeAllListeners('data')
  raw.resume()
}
