import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { toDatabaseError } from '#database/connection.ts'
import { ReelmillError, toReelmillError } from '#errors/reelmill-error.ts'

/**
 * A problem document in the runner protocol's dialect (1.1): runners switch on `code` and `status`;
 * runners of before 7.0 print `error`; the Django server's clients read `message` and `errors`.
 */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly error: string
  readonly message: string
  /** By field: what is wrong with it. */
  readonly 'invalid-params'?: Readonly<Record<string, unknown>>
  readonly errors?: readonly Readonly<Record<string, readonly string[]>>[]
}

const documentation = 'https://docs.joinpeertube.org/api-rest-reference.html#section/Errors/'

/** Answers with the problem that an error is; what it was for us stays in the log. */
export function sendProblem(
  error: FastifyError | ReelmillError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = toProblem(error)
  if (problem.status >= 500) request.log.error({ err: error }, 'a runner call failed')
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem))
}

/** The problem that an error is. */
export function toProblem(error: FastifyError | ReelmillError | Error): Problem {
  if ('validation' in error && error.validation) return describeInvalid(error)
  if (isRefusalOfFastify(error)) {
    const code = error.statusCode === 413 ? 'payload_too_large' : 'invalid_request'
    return describe(code, error.statusCode, error.message)
  }
  if (isBrokenForm(error)) return describe('invalid_request', 400, error.message)
  const { code, status, message } = toReelmillError(toDatabaseError(error))
  return describe(code, status, message)
}

function describe(code: string, status: number, detail: string): Problem {
  return {
    type: documentation + code,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    error: detail,
    message: detail,
  }
}

function describeInvalid({ message, validation = [], validationContext }: FastifyError): Problem {
  const faults = validation.map(({ instancePath, params, message: fault = 'is not valid' }) => ({
    field: instancePath.slice(1).replaceAll('/', '.') || firstMissing(params) || 'body',
    fault,
  }))
  const byField = faults.map(({ field, fault }) => [
    field,
    { type: 'field', msg: fault, path: field, location: validationContext ?? 'body' },
  ])
  return {
    ...describe('invalid_request', 400, message),
    'invalid-params': Object.fromEntries(byField),
    errors: faults.map(({ field, fault }) => ({ [field]: [fault] })),
  }
}

function firstMissing(params: Record<string, unknown>): string | undefined {
  const { requiredProperties } = params
  return Array.isArray(requiredProperties) ? String(requiredProperties[0]) : undefined
}

function isRefusalOfFastify(error: Error): error is Error & { statusCode: number } {
  if (error instanceof ReelmillError || !('statusCode' in error)) return false
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500
}

/** The form's parser throws plain errors: for a body without a boundary, and for one that is cut. */
function isBrokenForm({ message }: Error): boolean {
  return /^Multipart: |nexpected end of multipart data$/.test(message)
}
