import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { catalogue, type ErrorCode } from '#errors/catalogue.ts'
import type { Parts } from '#flow/parts.ts'
import { abortJob, failJob, updateJob } from '#flow/settle.ts'
import { offerJobs } from '#jobs/offer.ts'
import { findSourceKey } from '#jobs/source-key.ts'
import { takeJob } from '#jobs/take.ts'
import { findVideoIds } from '#jobs/video-ids.ts'
import { findRunner } from '#runners/find.ts'
import { mayTakeJobs } from '#runners/may-take-jobs.ts'
import type { RunnerRow } from '#runners/runner.ts'
import { touchRunner } from '#runners/touch.ts'
import { updateRunner } from '#runners/update.ts'
import { credentialsOf } from './credentials.ts'
import { readForm } from './form.ts'
import { originOf } from './origin.ts'
import { presentAcceptedJob } from './present-job.ts'
import { presentPayload } from './present-payload.ts'
import { AbortBody, ErrorBody, JobParams, RequestBody, RunnerBody, UpdateBody } from './schemas.ts'
import { successRoute } from './success-route.ts'

/** How runners come by jobs, and what they say about them (runner protocol 1.4). */
export function jobRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(takingRoutes(parts))
    await app.register(reportingRoutes(parts))
    await app.register(successRoute(parts))
  }
}

function takingRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/jobs/request', { schema: { body: RequestBody } }, async (request) => {
      const { runnerToken, jobTypes, ...said } = request.body
      const known = await findRunner(parts.database, runnerToken)
      await touchRunner(parts.database, runnerToken, request.ip)
      const { id, encoders } = await updateRunner(parts.database, known, said)
      if (!(await mayTakeJobs(parts.database, known))) return { availableJobs: [] }
      const asking = { runnerId: id, jobTypes, encoders: encoders ?? undefined }
      const jobs = await offerJobs(parts.database, asking)
      const videoIds = await findVideoIds(parts.database, jobs)
      const origin = originOf(parts, request)
      const availableJobs = jobs.map((job) => {
        const place = { origin, videoId: videoIds.get(job.version_id) ?? '', sourcePath: null }
        return { uuid: job.uuid, type: job.type, payload: presentPayload(job, place) }
      })
      return { availableJobs }
    })

    app.post(
      '/jobs/:jobUuid/accept',
      { schema: { params: JobParams, body: RunnerBody } },
      async (request) => {
        const runner = await findRunner(parts.database, request.body.runnerToken)
        const { job, jobToken } = await takeJob(parts.database, {
          uuid: request.params.jobUuid,
          runner,
          leaseSeconds: parts.config.leaseSeconds,
        })
        const videoIds = await findVideoIds(parts.database, [job])
        const place = {
          origin: originOf(parts, request),
          videoId: videoIds.get(job.version_id) ?? '',
          sourcePath: await findSourcePath(parts, runner, job.version_id),
        }
        return { job: presentAcceptedJob({ job, jobToken, runner, place }) }
      },
    )
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

async function findSourcePath(
  parts: Parts,
  runner: RunnerRow,
  versionId: string,
): Promise<string | null> {
  if (!runner.local) return null
  return parts.storage.localPath(await findSourceKey(parts.database, versionId))
}
