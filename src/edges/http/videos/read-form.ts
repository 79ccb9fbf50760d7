import type { Multipart, MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'

type Limits = NonNullable<Parameters<FastifyRequest['parts']>[0]>['limits']

/**
 * The parts of a form as they arrive. Fails with `invalid_request` where the form is none, or ends
 * before its end; with the framework's own 413 above the limits.
 */
export async function* readForm(
  request: FastifyRequest,
  limits: Limits,
): AsyncGenerator<Multipart> {
  try {
    yield* request.parts({ limits })
  } catch (error) {
    throw asRefusal(error)
  }
}

/**
 * The bytes of a form's file, failing with `payload_too_large` where the parser would end quietly:
 * at the limit; and with `invalid_request` where the sender went away.
 */
export async function* readFile(file: MultipartFile['file']): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of file) yield chunk
  } catch (error) {
    throw asRefusal(error)
  }
  if (file.truncated) throw new ReelmillError('payload_too_large', 'The file is too large.')
}

/** The parser tells only in words what is wrong with a form; a status has what the framework says. */
function asRefusal(error: unknown): unknown {
  if (error instanceof Error && 'statusCode' in error) return error
  return new ReelmillError('invalid_request', 'The form is damaged or was not sent to its end.', {
    cause: error,
  })
}
