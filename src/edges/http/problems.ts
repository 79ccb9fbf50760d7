import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { catalogue, type ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError, toReelmillError } from '#errors/reelmill-error.ts'

/** A problem as a caller gets it (RFC 9457), with a stable `code`. */
export interface ProblemDocument {
  readonly type: string
  /** What kind of problem; the same for every occurrence. */
  readonly title: string
  readonly status: number
  /** What happened this time. */
  readonly detail: string
  readonly code: ErrorCode
  readonly requestId: string
  /** Facts for programs. */
  readonly [fact: string]: unknown
}

/** The error as a problem document; facts never take the place of the standard's own members. */
export function toProblem(error: ReelmillError, requestId: string): ProblemDocument {
  return {
    ...error.details,
    type: 'about:blank',
    title: catalogue[error.code].sentence,
    status: error.status,
    // What went wrong inside is for the log; the caller has the id to ask for it.
    detail: error.code === 'internal' ? catalogue.internal.sentence : error.message,
    code: error.code,
    requestId,
  }
}

/** Answers every error, ours and the framework's, and every unknown address with a problem. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new ReelmillError('route_not_found')),
  )
}

/** Answers with what was thrown, as a problem; what is our own mistake goes to the log. */
export async function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  thrown: unknown,
): Promise<FastifyReply> {
  const error = translate(thrown)
  if (error.status >= 500)
    request.log.error({ err: error, requestId: request.id }, 'request failed')
  if (error.code === 'unauthorized') reply.header('www-authenticate', 'Bearer')
  return reply
    .code(error.status)
    .type('application/problem+json')
    .send(JSON.stringify(toProblem(error, request.id)))
}

/** The framework's own refusals in the words of the catalogue. */
function translate(thrown: unknown): ReelmillError {
  const status = statusOf(thrown)
  if (thrown instanceof ReelmillError || status === null) return toReelmillError(thrown)
  const sentence = thrown instanceof Error ? thrown.message + nameCulprit(thrown) : undefined
  const code = status === 413 ? 'payload_too_large' : 'invalid_request'
  return new ReelmillError(code, sentence, { cause: thrown })
}

/** What the framework's validators say beside their sentence. */
interface Violation {
  readonly params?: {
    readonly additionalProperty?: string
    readonly additionalProperties?: readonly string[]
    readonly allowedValues?: readonly unknown[]
  }
}

/** Which field should not be there, or which values there are: the validator's sentence says neither. */
function nameCulprit(thrown: Error): string {
  const { validation } = thrown as { readonly validation?: readonly Violation[] }
  const { additionalProperty, additionalProperties, allowedValues } = validation?.[0]?.params ?? {}
  const names = additionalProperty ?? (additionalProperties ?? allowedValues)?.join(', ')
  return names === undefined ? '' : `: ${names}`
}

/** A 4xx that the framework wants; null for anything else. */
function statusOf(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return null
  const { statusCode } = thrown
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : null
}
