import type { FastifyRequest } from 'fastify'
import type { Parts } from '#flow/parts.ts'

/** PUBLIC_URL, or the address under which this caller reached us; no "/" at the end. */
export function originOf({ config }: Parts, request: FastifyRequest): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`
}
