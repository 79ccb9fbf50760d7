import type { Server as HttpServer } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import type { FastifyInstance } from 'fastify'

/** A Fastify of the host, of whatever version's types. */
export interface FastifyHost {
  readonly server: object
  readonly register: (...args: never[]) => unknown
}

/** Where Reelmill can be mounted: before it is ready, if it is a Fastify. */
export type MountTarget = HttpServer | HttpsServer | FastifyHost

/** The target as what it is. */
export type KnownTarget =
  | { readonly kind: 'fastify'; readonly app: FastifyInstance; readonly server: HttpServer }
  | { readonly kind: 'server'; readonly server: HttpServer }

/** Tells a host's Fastify from its plain server. */
export function knowTarget(target: MountTarget): KnownTarget {
  if (!('register' in target)) return { kind: 'server', server: target }
  // Sound for what is used of it: register, all, hooks and parsers are the same since Fastify 4.
  const app = target as unknown as FastifyInstance
  return { kind: 'fastify', app, server: app.server }
}

/** Where a server of this machine is reached from this machine; null while it does not listen. */
export function readAddress(server: HttpServer): { url: string; port: number } | null {
  const address = server.address()
  if (typeof address !== 'object' || address === null) return null
  const { port, family } = address
  const isAnywhere = ['0.0.0.0', '::'].includes(address.address)
  const host = isAnywhere ? '127.0.0.1' : address.address
  const scheme = 'setSecureContext' in server ? 'https' : 'http'
  return {
    url: `${scheme}://${family === 'IPv6' && !isAnywhere ? `[${host}]` : host}:${port}`,
    port,
  }
}

/** Calls back once with where the server is reached: at once, or when it listens. */
export function onceListening(server: HttpServer, tell: (url: string) => void): void {
  const look = () => {
    const address = readAddress(server)
    if (address) tell(address.url)
  }
  if (server.listening) look()
  else server.once('listening', look)
}
