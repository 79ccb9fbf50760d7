import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { catalogue, type ErrorCode } from '#errors/catalogue.ts'
import type { Parts } from '#flow/parts.ts'
import { abortJob, failJob, updateJob } from '#flow/settle.ts'
import { touchRunner } from '#runners/touch.ts'
import { credentialsOf } from './credentials.ts'
import { readForm } from './form.ts'
import type { Roster } from './roster.ts'
import { AbortBody, ErrorBody, JobParams, UpdateBody } from './schemas.ts'
import { successRoute } from './success-route.ts'
import { takingRoutes } from './taking-routes.ts'

/** How runners come by jobs, and what they say about them (runner protocol 1.4). */
export function jobRoutes(parts: Parts, roster: Roster): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(takingRoutes(parts, roster))
    await app.register(reportingRoutes(parts))
    await app.register(successRoute(parts))
  }
}

function reportingRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook<{ Body: { runnerToken: string } }>('preHandler', async ({ body, ip }) =>
      touchRunner(parts.database, body.runnerToken, ip),
    )

    app.post(
      '/jobs/:jobUuid/abort',
      { schema: { params: JobParams, body: AbortBody } },
      async (request, reply) => {
        const { jobUuid: job } = request.params
        await abortJob(parts, credentialsOf(request))
        request.log.info({ job, reason: request.body.reason }, 'a runner gave a job back')
        return reply.status(204).send()
      },
    )

    app.post(
      '/jobs/:jobUuid/update',
      {
        schema: { params: JobParams, body: UpdateBody },
        preValidation: (request) => readForm(request, UpdateBody),
      },
      async (request, reply) => {
        const { progress } = request.body
        await updateJob(
          parts,
          credentialsOf(request),
          progress === undefined ? undefined : progress / 100,
        )
        return reply.status(204).send()
      },
    )

    app.post(
      '/jobs/:jobUuid/error',
      { schema: { params: JobParams, body: ErrorBody } },
      async (request, reply) => {
        const { code, message, retryable, details } = request.body
        const failure = { message, code: knownCode(code), retryable, details }
        await failJob(parts, credentialsOf(request), failure)
        return reply.status(204).send()
      },
    )
  }
}

/** Runners of other makes send no code, or one that means nothing here. */
function knownCode(code: string | undefined): ErrorCode | undefined {
  return code !== undefined && Object.hasOwn(catalogue, code) ? (code as ErrorCode) : undefined
}
