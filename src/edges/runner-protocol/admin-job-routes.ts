import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { cancelJob, deleteJob } from '#flow/settle-tree.ts'
import { type JobOrder, type JobQuery, jobStates, type ListedJob, listJobs } from '#jobs/list.ts'
import { gatherLists, readPaging } from './admin-paging.ts'
import { JobsQuery } from './admin-schemas.ts'
import { originOf } from './origin.ts'
import { presentJob, presentState } from './present-job.ts'
import { JobParams } from './schemas.ts'

/** Jobs as an operator sees and governs them (runner protocol 1.5, calls 14 to 16; D-92, D-93). */
export function adminJobRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/jobs',
      {
        schema: { querystring: JobsQuery },
        preValidation: async (request) => {
          const query = request.query as Record<string, unknown>
          request.query = gatherLists(query, ['stateOneOf', 'typeOneOf'])
        },
      },
      async (request) => {
        const { total, jobs } = await listJobs(parts.database, readQuery(request.query))
        const origin = originOf(parts, request)
        return { total, data: jobs.map((job) => presentListedJob(job, origin)) }
      },
    )

    app.post(
      '/jobs/:jobUuid/cancel',
      { schema: { params: JobParams } },
      async ({ params, log }, reply) => {
        await cancelJob(parts, params.jobUuid)
        log.info({ job: params.jobUuid }, 'an operator cancelled a job')
        return reply.status(204).send()
      },
    )

    app.delete(
      '/jobs/:jobUuid',
      { schema: { params: JobParams } },
      async ({ params, log }, reply) => {
        await deleteJob(parts, params.jobUuid)
        log.info({ job: params.jobUuid }, 'an operator deleted a job')
        return reply.status(204).send()
      },
    )
  }
}

function readQuery(query: Static<typeof JobsQuery>): JobQuery {
  const { sort = '-createdAt', stateOneOf, typeOneOf, search, videoId } = query
  return {
    ...readPaging(query),
    search,
    videoId,
    types: typeOneOf,
    states: stateOneOf?.flatMap((number) => jobStates[Number(number) - 1] ?? []),
    // Sound: the schema lets nothing else through.
    orderBy: sort.replace(/^[-+ ]/, '') as JobOrder,
    ascending: !sort.startsWith('-'),
  }
}

/** As in the answer to accept, without the token and with what only operators may see. */
function presentListedJob(job: ListedJob, origin: string) {
  const { runner_id, runnerName, runnerDescription } = job
  const { parent_id, parentUuid, parentType, parentState } = job
  return {
    ...presentJob(job, { origin, videoId: job.videoId, sourcePath: null }),
    privatePayload: job.private_payload,
    runner:
      runner_id === null
        ? null
        : { id: runner_id, name: runnerName, description: runnerDescription },
    parent:
      parentState === null
        ? null
        : { id: parent_id, uuid: parentUuid, type: parentType, state: presentState(parentState) },
    // Reelmill's own.
    label: job.label,
    videoId: job.videoId,
  }
}
